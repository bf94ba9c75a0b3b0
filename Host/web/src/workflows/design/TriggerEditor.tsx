import { CloseOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { label, t } from '@/texts'
import { Sentence } from '../canvas/Sentence'
import type { StepProblem } from '../canvas/context'
import type { Reentry, Sop, Trigger } from '../definition/sop'
import type { StepDescription } from '../steps/descriptions'
import type { Words } from '../words/context'
import { triggerSentence } from '../words/trigger'
import { ConditionInput } from './inputs/ConditionInput'
import { Members } from './inputs/InputControl'
import { WordingInput } from './inputs/WordingInput'

type Props = { words: Words; triggers: StepDescription[]; problems: StepProblem[]; onChange: (sop: Sop, what: string) => void; close: () => void }

const reentries: Reentry[] = ['everyTime', 'onceAtATime', 'onceEver']

/** The SOP itself: what it is called, what starts it, how often. */
export function TriggerEditor({ words, triggers, problems, onChange, close }: Props) {
  const { sop } = words
  const set = (i: number, trigger: Trigger) => onChange({ ...sop, triggers: sop.triggers.map((one, j) => (j === i ? trigger : one)) }, `trigger${i}`)
  return (
    <aside className="step-panel" aria-label={t('workflows.details')}>
      <h2><span className="grow">{t('workflows.starts')}</span><Button type="text" icon={<CloseOutlined />} aria-label={t('app.close')} onClick={close} /></h2>
      {problems.map((problem, i) => <p key={i} className={`problem-${problem.severity}`}>{problem.message}</p>)}
      <div className="design-field">
        <div className="design-label">{t('workflows.sopName')}</div>
        <WordingInput name={t('workflows.sopName')} value={sop.name} onChange={name => name && typeof name === 'object' && onChange({ ...sop, name }, 'name')} />
      </div>
      <div className="design-field">
        <div className="design-label">{t('workflows.about')}</div>
        <WordingInput long name={t('workflows.about')} value={sop.about ?? undefined} onChange={about => onChange({ ...sop, about: about && typeof about === 'object' ? about : null }, 'about')} />
      </div>
      {sop.triggers.map((trigger, i) => {
        const description = words.trigger(trigger.kind)
        return (
          <div key={i} className="stage">
            <div className="design-row">
              <strong className="grow"><Sentence parts={triggerSentence(trigger, words)} /></strong>
              <Button type="text" size="small" danger icon={<DeleteOutlined />} disabled={sop.triggers.length === 1} aria-label={t('app.delete')} onClick={() => onChange({ ...sop, triggers: sop.triggers.filter((_, j) => j !== i) }, '')} />
            </div>
            <div className="design-field">
              <div className="design-label">{t('workflows.event')}</div>
              <Select aria-label={t('workflows.event')} value={trigger.kind} onChange={kind => set(i, { kind, reentry: trigger.reentry, filter: trigger.filter })} options={triggers.map(one => ({ value: one.kind, label: label(one.label) }))} />
            </div>
            {description && <Members items={description.inputs} value={trigger.inputs ?? {}} onChange={inputs => set(i, { ...trigger, inputs })} />}
            <div className="design-field">
              <div className="design-label">{t('workflows.condition')}</div>
              <ConditionInput type={words.type} value={trigger.filter ?? undefined} onChange={filter => set(i, { ...trigger, filter: filter ?? null })} />
            </div>
            <div className="design-field">
              <div className="design-label">{t('workflows.reentry')}</div>
              <Select aria-label={t('workflows.reentry')} value={trigger.reentry ?? 'everyTime'} onChange={reentry => set(i, { ...trigger, reentry })} options={reentries.map(one => ({ value: one, label: t(`workflows.reentry_${one}`) }))} />
            </div>
          </div>
        )
      })}
      <Button type="dashed" block icon={<PlusOutlined />} onClick={() => onChange({ ...sop, triggers: [...sop.triggers, { kind: 'button', inputs: { label: { zh: '启动', en: 'Start' } } }] }, '')}>{t('workflows.addTrigger')}</Button>
    </aside>
  )
}
