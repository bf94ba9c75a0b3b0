import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { label, t } from '@/texts'
import { Sentence } from '../canvas/Sentence'
import type { StepProblem } from '../canvas/context'
import { stepHue, stepIcon } from '../canvas/icons'
import { blocksOf, findStep } from '../definition/blocks'
import type { Step } from '../definition/sop'
import type { Words } from '../words/context'
import { conditionWords } from '../words/condition'
import { kindName, stepName } from '../words/names'
import { stepSentence } from '../words/sentence'
import { reentryWords, triggerSentence } from '../words/trigger'
import { wayWords } from '../words/way'
import { StepFacts } from './StepFacts'

type Props = { words: Words; selected: string; close: () => void; problems?: StepProblem[]; children?: React.ReactNode }

/** All about one step, to read; `children` adds what a run knows of it. */
export function StepPanel({ words, selected, close, problems = [], children }: Props) {
  const step = findStep(words.sop, selected)
  return (
    <aside className="step-panel" aria-label={t('workflows.details')}>
      <h2>
        {step && <span className={`flow-icon hue-${stepHue(step.kind, words)}`} style={{ color: 'var(--hue)', background: 'var(--hue-bg)' }} aria-hidden>{stepIcon(step.kind, words)}</span>}
        <span className="grow">{step ? stepName(step, words) : t('workflows.starts')}</span>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('app.close')} onClick={close} />
      </h2>
      {problems.map((problem, i) => <p key={i} className={`problem-${problem.severity}`}>{problem.message}</p>)}
      {step ? <StepBody step={step} words={words} /> : <TriggerBody words={words} />}
      {children}
    </aside>
  )
}

function StepBody({ step, words }: { step: Step; words: Words }) {
  const description = words.step(step.kind)
  const ways = blocksOf(step).filter(block => block.when)
  return (
    <>
      <p className="lead"><Sentence parts={stepSentence(step, words)} /></p>
      <p className="muted small">{kindName(step.kind, words)} · {step.id}</p>
      {description && <StepFacts inputs={description.inputs} values={step.inputs ?? {}} words={words} />}
      {ways.length > 0 && <h3>{t('workflows.conditions')}</h3>}
      {ways.map(block => (
        <div key={block.way} className="stage">
          {label(block.label) && <strong>{wayWords(step, block, words)}</strong>}
          <div>{conditionWords(block.when, words)}</div>
        </div>
      ))}
    </>
  )
}

function TriggerBody({ words }: { words: Words }) {
  return (
    <>
      {label(words.sop.about) && <p className="lead">{label(words.sop.about)}</p>}
      {words.sop.triggers.map((trigger, i) => (
        <div key={i} className="stage">
          <div><Sentence parts={triggerSentence(trigger, words)} /></div>
          <div className="muted small">{reentryWords(trigger)}</div>
        </div>
      ))}
    </>
  )
}
