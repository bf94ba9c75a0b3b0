import { CloseOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { label, t } from '@/texts'
import { Sentence } from '../canvas/Sentence'
import type { StepProblem } from '../canvas/context'
import { stepHue, stepIcon } from '../canvas/icons'
import type { Step } from '../definition/sop'
import type { Words } from '../words/context'
import { kindName } from '../words/names'
import { stepSentence } from '../words/sentence'
import { Members } from './inputs/InputControl'
import { WordingInput } from './inputs/WordingInput'
import { WaysEditor } from './WaysEditor'

type Props = { step: Step; words: Words; problems: StepProblem[]; onChange: (step: Step, what: string) => void; remove: () => void; copy: () => void; close: () => void }

/** One step, to change: its sentence on top follows what is set below. */
export function StepEditor({ step, words, problems, onChange, remove, copy, close }: Props) {
  const description = words.step(step.kind)
  return (
    <aside className="step-panel" aria-label={t('workflows.details')}>
      <h2>
        <span className={`flow-icon hue-${stepHue(step.kind, words)}`} style={{ color: 'var(--hue)', background: 'var(--hue-bg)' }} aria-hidden>{stepIcon(step.kind, words)}</span>
        <span className="grow">{kindName(step.kind, words)}</span>
        <Tooltip title={t('workflows.copy')}><Button type="text" icon={<CopyOutlined />} aria-label={t('workflows.copy')} onClick={copy} /></Tooltip>
        <Tooltip title={t('app.delete')}><Button type="text" danger icon={<DeleteOutlined />} aria-label={t('app.delete')} onClick={remove} /></Tooltip>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('app.close')} onClick={close} />
      </h2>
      <p className="lead"><Sentence parts={stepSentence(step, words)} /></p>
      {problems.map((problem, i) => <p key={i} className={`problem-${problem.severity}`}>{problem.message}</p>)}
      <div className="design-field">
        <div className="design-label">{t('workflows.stepName')}</div>
        <WordingInput name={t('workflows.stepName')} value={step.name ?? undefined} onChange={name => onChange({ ...step, name: name && typeof name === 'object' ? name : null }, `${step.id}.name`)} />
      </div>
      {description && <Members items={description.inputs} value={step.inputs ?? {}} onChange={inputs => onChange({ ...step, inputs }, `${step.id}.inputs`)} />}
      {(step.kind === 'branch' || step.kind === 'parallel') && <WaysEditor step={step} words={words} onChange={next => onChange(next, `${step.id}.ways`)} />}
      <p className="muted small">{label(description?.example)} · {step.id}</p>
    </aside>
  )
}
