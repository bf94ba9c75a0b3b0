import { Button, Checkbox, Form } from 'antd'
import { useState } from 'react'
import type { Field, Ref } from '@/api/types'
import { warn } from '@/app/feedback'
import { FieldInput } from '@/records/fields/FieldInput'
import { rulesFor } from '@/records/fields/rules'
import { written } from '@/records/form/formFields'
import { label, t } from '@/texts'
import { dateTime } from '@/ui/format'
import { fieldsFor, given, missing, needed } from '@/work/task/answers'
import type { Task } from '@/work/types'
import type { Choice } from './trial'

type Outcome = Task['outcomes'][number]
type Props = { task: Task; busy: boolean; send: (choice: Omit<Choice, 'at'>) => void }

/** What the person with the task would fill in and press. */
export function TaskChoice({ task, busy, send }: Props) {
  const [form] = Form.useForm<Record<string, unknown>>()
  const [chosen, setChosen] = useState<Outcome | null>(null)
  const [checked, setChecked] = useState<string[]>([])
  const press = (outcome: Outcome) => {
    setChosen(outcome)
    const unchecked = outcome.skipsForm ? [] : task.checklist.filter(item => item.required && !checked.includes(item.key))
    const blanks = missing(task, outcome, form.getFieldsValue(true) as Record<string, unknown>)
    // the fields of this outcome are on the page only after it was chosen
    if (blanks.length > 0) setTimeout(() => void form.validateFields(blanks).catch(() => undefined))
    else if (unchecked.length > 0) warn(t('work.checkFirst', { item: label(unchecked[0]!.label) }))
    else send({ do: 'complete', outcome: outcome.key, answers: given(task, outcome, form.getFieldsValue(true) as Record<string, unknown>), checklist: checked })
  }
  return (
    <>
      <p className="trial-what">{task.title}</p>
      <p className="muted">
        {t('workflows.withPerson', { name: task.assignee.name })}
        {task.why && ` · ${label(task.why)}`}
        {task.dueAt && ` · ${t('trials.due', { at: dateTime(task.dueAt) })}`}
      </p>
      <Form form={form} layout="vertical" initialValues={Object.fromEntries(task.form.map(field => [field.key, written(field as Field, field.value)]))}>
        {fieldsFor(task, chosen).map(field => (
          <Form.Item key={field.key} name={field.key} label={label(field.label)} rules={rulesFor({ ...(field as Field), required: needed(task, field, chosen) })}>
            <FieldInput field={field as Field} known={field.type === 'reference' ? (field.value as Ref | null) : undefined} />
          </Form.Item>
        ))}
      </Form>
      {task.checklist.length > 0 && (
        <Checkbox.Group value={checked} onChange={setChecked} className="trial-checks" options={task.checklist.map(item => ({ value: item.key, label: label(item.label) }))} />
      )}
      <div className="trial-acts">
        {task.outcomes.map(outcome => (
          <Button key={outcome.key} type={outcome.style === 'primary' ? 'primary' : 'default'} danger={outcome.style === 'danger'} disabled={busy} onClick={() => press(outcome)}>{label(outcome.label)}</Button>
        ))}
      </div>
    </>
  )
}
