import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, ExclamationCircleFilled, MinusCircleFilled, ThunderboltOutlined } from '@ant-design/icons'
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { Tooltip } from 'antd'
import { memo, type ReactNode } from 'react'
import { t } from '@/texts'
import { stepName, kindName } from '../words/names'
import { textOf } from '../words/parts'
import { stepSentence } from '../words/sentence'
import { triggerSentence } from '../words/trigger'
import { wayWords } from '../words/way'
import { dragType, useCanvas, type StepState } from './context'
import { stepHue, stepIcon } from './icons'
import type { FlowNode } from './layout'
import { Sentence } from './Sentence'

type Of<Kind extends FlowNode['kind']> = Node<Extract<FlowNode, { kind: Kind }>>

const In = () => <Handle type="target" position={Position.Top} isConnectable={false} />
const Out = () => <Handle type="source" position={Position.Bottom} isConnectable={false} />

const stateIcons: Record<StepState, ReactNode> = {
  done: <CheckCircleFilled />, waiting: <ClockCircleFilled />, failed: <ExclamationCircleFilled />, skipped: <MinusCircleFilled />, cancelled: <CloseCircleFilled />,
}

const StepCard = memo(function StepCard({ data: { step } }: NodeProps<Of<'step'>>) {
  const { words, selected, select, states, problems, move } = useCanvas()
  const parts = stepSentence(step, words)
  const state = states?.[step.id]
  const own = problems?.[step.id] ?? []
  const severity = own.some(problem => problem.severity === 'error') ? 'error' : own.length > 0 ? 'warning' : ''
  const looks = ['flow-step', move && 'nopan', `hue-${stepHue(step.kind, words)}`, states && `run-${state ?? 'none'}`, selected === step.id && 'chosen', severity && `bad-${severity}`]
  const kind = kindName(step.kind, words)
  const name = stepName(step, words)
  return (
    <>
      <In />
      <button type="button" data-step={step.id} className={looks.filter(Boolean).join(' ')} aria-pressed={selected === step.id} onClick={() => select(step.id)} draggable={move !== undefined} onDragStart={event => event.dataTransfer.setData(dragType, step.id)}>
        <span className="flow-head">
          <span className="flow-icon" aria-hidden>{stepIcon(step.kind, words)}</span>
          <span className="flow-kind">{step.name && name !== kind ? `${kind} · ${name}` : kind}</span>
          {state && <Tooltip title={t(`workflows.step_${state}`)}><span className="flow-state" role="img" aria-label={t(`workflows.step_${state}`)}>{stateIcons[state]}</span></Tooltip>}
          {severity && <Tooltip title={own.map(problem => problem.message).join(' ')}><span className="flow-bad" role="img" aria-label={own.map(problem => problem.message).join(' ')}><ExclamationCircleFilled /></span></Tooltip>}
        </span>
        <span className="flow-sentence" title={textOf(parts)}><Sentence parts={parts} /></span>
      </button>
      <Out />
    </>
  )
})

function StartCard({ data }: NodeProps<Of<'start'>>) {
  const { words, selected, select, problems } = useCanvas()
  const bad = problems?.['']?.length ? 'bad-error' : ''
  return (
    <>
      <button type="button" data-step="start" className={`flow-step flow-start ${selected === data.id ? 'chosen' : ''} ${bad}`} aria-pressed={selected === data.id} onClick={() => select(data.id)}>
        <span className="flow-head">
          <span className="flow-icon" aria-hidden><ThunderboltOutlined /></span>
          <span className="flow-kind">{t('workflows.starts')}</span>
        </span>
        {words.sop.triggers.map((trigger, i) => <span key={i} className="flow-sentence flow-trigger"><Sentence parts={triggerSentence(trigger, words)} /></span>)}
      </button>
      <Out />
    </>
  )
}

function WayHead({ data: { step, block } }: NodeProps<Of<'way'>>) {
  const { words, select, states, taken } = useCanvas()
  const text = wayWords(step, block, words)
  const run = states ? (taken?.has(`${step.id}/${block.way}`) ? 'run-done' : 'run-none') : ''
  return (
    <>
      <In />
      <button type="button" tabIndex={-1} className={`flow-way ${run}`} title={text} onClick={() => select(step.id)}><span>{text}</span></button>
      <Out />
    </>
  )
}

const JoinDot = () => <><In /><span className="flow-join" /><Out /></>
const Frame = () => <div className="flow-frame" />
const Finish = () => <><In /><span className="flow-finish">{t('workflows.finish')}</span></>

export const nodeTypes = { step: StepCard, start: StartCard, way: WayHead, join: JoinDot, frame: Frame, finish: Finish }
