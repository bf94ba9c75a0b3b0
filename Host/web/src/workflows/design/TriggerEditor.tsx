import { CloseOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { t } from '@/texts'
import { Sentence } from '../canvas/Sentence'
import type { StepProblem } from '../canvas/context'
import type { Reentry, Sop, Trigger } from '../definition/sop'
import type { Words } from '../words/context'
import { triggerSentence } from '../words/trigger'
import { TriggerInput } from './inputs/TriggerInput'
import { WordingInput } from './inputs/WordingInput'
import { WebhookAddress } from './WebhookAddress'

type Props = { words: Words; problems: StepProblem[]; onChange: (sop: Sop, what: string) => void; close: () => void }

const reentries: Reentry[] = ['everyTime', 'onceAtATime', 'onceEver']

/** The SOP itself: what it is called, what starts it, how often. */
export function TriggerEditor({ words, problems, onChange, close }: Props) {
  const { sop } = words
  const about = ({ about: _, ...rest }: Sop, next: unknown): Sop => (next && typeof next === 'object' ? { ...rest, about: next as Sop['about'] } : rest)
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
        <WordingInput long name={t('workflows.about')} value={sop.about ?? undefined} onChange={next => onChange(about(sop, next), 'about')} />
      </div>
      {sop.triggers.map((trigger, i) => {
        return (
          <div key={i} className="stage">
            <div className="design-row">
              <strong className="grow"><Sentence parts={triggerSentence(trigger, words)} /></strong>
              <Button type="text" size="small" danger icon={<DeleteOutlined />} disabled={sop.triggers.length === 1} aria-label={t('app.delete')} onClick={() => onChange({ ...sop, triggers: sop.triggers.filter((_, j) => j !== i) }, '')} />
            </div>
            <TriggerInput value={trigger} onChange={next => set(i, next)} />
            {trigger.kind === 'webhook' && <WebhookAddress sop={sop.key} />}
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
