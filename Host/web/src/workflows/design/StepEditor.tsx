import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, DeleteOutlined, EllipsisOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useDeferredValue, useMemo } from 'react'
import { label, t } from '@/texts'
import { LinesSkeleton } from '@/ui/Skeletons'
import { Sentence } from '../canvas/Sentence'
import type { StepProblem } from '../canvas/context'
import { stepHue, stepIcon } from '../canvas/icons'
import type { Inputs, Step } from '../definition/sop'
import type { StepInput } from '../steps/descriptions'
import type { Words } from '../words/context'
import { kindName } from '../words/names'
import { stepSentence } from '../words/sentence'
import { EditedStep } from './inputs/editedStep'
import { Members } from './inputs/InputControl'
import { Section } from './inputs/Section'
import { isRare } from './inputs/shows'
import { WordingInput } from './inputs/WordingInput'
import type { Acts } from './useActs'
import { WaysEditor } from './WaysEditor'

type Props = { step: Step; words: Words; problems: StepProblem[]; acts: Acts; close: () => void }

/** One step, to change: its sentence on top follows what is set below. */
export function StepEditor({ step, words, problems, acts, close }: Props) {
  const description = words.step(step.kind)
  const inputs = description?.inputs ?? noInputs
  const common = useMemo(() => inputs.filter(input => !isRare(step.kind, input)), [inputs, step.kind])
  const rare = useMemo(() => inputs.filter(input => isRare(step.kind, input)), [inputs, step.kind])
  // the head says at once what was chosen; the controls follow
  const ready = useDeferredValue(true, false)
  const setInputs = (next: Inputs) => acts.change({ ...step, inputs: next }, `${step.id}.inputs`)
  return (
    <EditedStep value={step}>
      <aside className="step-panel" aria-label={t('workflows.details')}>
        <h2>
          <span className={`flow-icon hue-${stepHue(step.kind, words)}`} style={{ color: 'var(--hue)', background: 'var(--hue-bg)' }} aria-hidden>{stepIcon(step.kind, words)}</span>
          <span className="grow">{kindName(step.kind, words)}</span>
          <Button type="text" icon={<ArrowUpOutlined />} title={t('designer.moveUp')} aria-label={t('designer.moveUp')} onClick={() => acts.up([step])} />
          <Button type="text" icon={<ArrowDownOutlined />} title={t('designer.moveDown')} aria-label={t('designer.moveDown')} onClick={() => acts.down([step])} />
          <Button type="text" danger icon={<DeleteOutlined />} title={t('app.delete')} aria-label={t('app.delete')} onClick={() => acts.take([step])} />
          <Dropdown trigger={['click']} menu={{ items: menuOf(step, acts) }}><Button type="text" icon={<EllipsisOutlined />} aria-label={t('app.more')} /></Dropdown>
          <Button type="text" icon={<CloseOutlined />} aria-label={t('app.close')} onClick={close} />
        </h2>
        <p className="lead"><Sentence parts={stepSentence(step, words)} /></p>
        {problems.map((problem, i) => <p key={i} className={`problem-${problem.severity}`}>{problem.message}</p>)}
        {!ready ? <LinesSkeleton lines={5} /> : <div className="design-body">
          {common.length > 0 && <Members items={common} value={step.inputs ?? none} onChange={setInputs} />}
          {(step.kind === 'branch' || step.kind === 'parallel') && <WaysEditor step={step} words={words} onChange={next => acts.change(next, `${step.id}.ways`)} />}
          <Section title={t('designer.more')} key={step.kind}>
            {rare.length > 0 && <Members items={rare} value={step.inputs ?? none} onChange={setInputs} />}
            <div className="design-field">
              <div className="design-label">{t('workflows.stepName')}</div>
              <WordingInput name={t('workflows.stepName')} value={step.name ?? undefined} onChange={name => acts.change(named(step, name), `${step.id}.name`)} />
            </div>
          </Section>
        </div>}
        <p className="muted small">{t('designer.example', { text: label(description?.example) })}<br />{t('designer.stepKey', { key: step.id })}</p>
      </aside>
    </EditedStep>
  )
}

const noInputs: StepInput[] = []
const none: Inputs = {}

function named({ name: _, ...step }: Step, name: unknown): Step {
  return name && typeof name === 'object' ? { ...step, name: name as Step['name'] } : step
}

const menuOf = (step: Step, acts: Acts) => [
  { key: 'extend', label: t('designer.extend'), extra: 'Shift ↓', onClick: () => acts.extend(1) },
  { key: 'duplicate', label: t('designer.duplicate'), extra: 'Ctrl D', onClick: () => acts.duplicate([step]) },
  { key: 'copy', label: t('designer.copy'), extra: 'Ctrl C', onClick: () => acts.copy([step]) },
  { key: 'cut', label: t('designer.cut'), extra: 'Ctrl X', onClick: () => acts.cut([step]) },
  { key: 'paste', label: t('designer.pasteBehind'), extra: 'Ctrl V', onClick: () => acts.paste() },
]
