import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form } from 'antd'
import { useRef, useState, type ReactNode } from 'react'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { Field, Ref } from '@/api/types'
import { report, say, warn } from '@/app/feedback'
import { useShortcuts } from '@/app/keyboard'
import { FieldInput } from '@/records/fields/FieldInput'
import { FieldValue } from '@/records/fields/FieldValue'
import { rulesFor, triggers } from '@/records/fields/rules'
import { written } from '@/records/form/formFields'
import { label, t } from '@/texts'
import { showProblem } from '@/ui/forms'
import type { FormField, Task } from '../types'
import { useArmed } from '../useArmed'
import { useDraft } from '../useDraft'
import { fieldsFor, given, missing, needed } from './answers'

type Outcome = Task['outcomes'][number]
const asField = (field: FormField): Field => field as Field

/** Questions, checklist, and the buttons that end the task: one tap when everything is filled, else it shows what is missing. */
export function TaskForm({ task, finished, children }: { task: Task; finished: () => void; children: ReactNode }) {
  const client = useQueryClient()
  const [form] = Form.useForm<Record<string, unknown>>()
  const [chosen, setChosen] = useState<Outcome | null>(null)
  const [checked, setChecked] = useState(() => task.checklist.filter(item => item.done).map(item => item.key))
  const key = useRef(newKey())
  const armed = useArmed()
  const open = task.state === 'open' && task.can.complete
  const draft = useDraft(`task/${task.id}`)

  const complete = useMutation({
    meta: { quiet: true },
    mutationFn: (outcome: Outcome) =>
      api.post(`tasks/${task.id}/complete`, { outcome: outcome.key, answers: given(task, outcome, form.getFieldsValue(true)), checklist: checked }, { idempotencyKey: key.current }),
    onSuccess: (_answer, outcome) => {
      say(t('work.taskDone', { outcome: label(outcome.label) }))
      draft.drop()
      finished()
    },
    onError: error => {
      if (!isProblem(error) || error.errors.length === 0) return report(error)
      showProblem(form, error, field => field.replace(/^answers\./, ''))
    },
    onSettled: () => {
      for (const queryKey of [keys.tasks(), keys.numbers, ['records']]) void client.invalidateQueries({ queryKey })
    },
  })

  // what is done stays on the page until the next one is drawn
  const waits = complete.isPending || complete.isSuccess || !armed
  const press = (outcome: Outcome) => {
    if (waits) return
    setChosen(outcome)
    const unchecked = outcome.skipsForm ? [] : task.checklist.filter(item => item.required && !checked.includes(item.key))
    const blanks = missing(task, outcome, form.getFieldsValue(true))
    if (blanks.length === 0 && unchecked.length === 0) return complete.mutate(outcome)
    if (blanks.length === 0) return warn(t('work.checkFirst', { item: label(unchecked[0]!.label) }))
    // the fields of this outcome are on the page only after it was chosen
    setTimeout(() => {
      void form.validateFields(blanks).catch(() => undefined)
      form.scrollToField(blanks[0]!, { block: 'center', focus: true })
    })
  }
  useShortcuts(Object.fromEntries(task.outcomes.map((outcome, i) => [String(i + 1), () => press(outcome)])), open)

  const fields = fieldsFor(task, chosen)
  return (
    <>
      <div className="work-body">
        {children}
        {fields.length > 0 && (
          <section>
            <h3>{t('work.questions')}</h3>
            {open ? (
              <Form form={form} layout="vertical" initialValues={{ ...Object.fromEntries(task.form.map(field => [field.key, written(asField(field), field.value)])), ...draft.kept }} onValuesChange={(_, all) => draft.keep(all)} className="work-form">
                {fields.map(field => (
                  <Form.Item
                    key={field.key}
                    name={field.key}
                    label={label(field.label)}
                    extra={field.help ? label(field.help) : undefined}
                    rules={rulesFor({ ...asField(field), required: needed(task, field, chosen) })}
                    validateTrigger={triggers}
                  >
                    <FieldInput field={asField(field)} known={field.type === 'reference' ? (field.value as Ref | null) : undefined} />
                  </Form.Item>
                ))}
              </Form>
            ) : (
              <dl className="fields">
                {task.form.map(field => <div key={field.key} className="field"><dt>{label(field.label)}</dt><dd><FieldValue field={asField(field)} value={field.value} /></dd></div>)}
              </dl>
            )}
          </section>
        )}
        {task.checklist.length > 0 && (
          <section>
            <h3>{t('work.checklist')}</h3>
            <Checkbox.Group value={checked} disabled={!open} onChange={setChecked} className="work-checks">
              {task.checklist.map(item => (
                <Checkbox key={item.key} value={item.key}>{label(item.label)}{item.required && <span className="work-must" title={t('work.must')}>*</span>}</Checkbox>
              ))}
            </Checkbox.Group>
          </section>
        )}
      </div>
      {open && (
        <footer className="work-foot">
          {task.outcomes.map(outcome => (
            <Button
              key={outcome.key}
              type={outcome.style === 'primary' ? 'primary' : 'default'}
              danger={outcome.style === 'danger'}
              size="large"
              loading={complete.isPending && complete.variables?.key === outcome.key}
              disabled={waits}
              onClick={() => press(outcome)}
            >
              {label(outcome.label)}
            </Button>
          ))}
        </footer>
      )}
      {!open && task.outcome && (
        <footer className="work-foot work-result">{t('work.endedWith', { outcome: label(task.outcomes.find(o => o.key === task.outcome)?.label) || task.outcome })}</footer>
      )}
    </>
  )
}
