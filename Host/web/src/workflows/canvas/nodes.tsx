import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, ExclamationCircleFilled, HolderOutlined, MinusCircleFilled, ThunderboltOutlined, WarningFilled } from '@ant-design/icons'
import type { Node, NodeProps } from '@xyflow/react'
import { memo, useState, type DragEvent, type ReactNode } from 'react'
import { t } from '@/texts'
import { number } from '@/ui/format'
import { dragType, useCanvas, wayType, type Bubble, type Dragged, type Mark, type StepProblem, type StepState } from './context'
import type { CardData, StartData, WayData } from './drawing'
import { Sentence } from './Sentence'

const stateIcons: Record<StepState, ReactNode> = {
  done: <CheckCircleFilled />, waiting: <ClockCircleFilled />, failed: <ExclamationCircleFilled />, skipped: <MinusCircleFilled />, cancelled: <CloseCircleFilled />,
}
const problemIcons = { error: <ExclamationCircleFilled />, warning: <WarningFilled /> }

/** Where lines begin and end. The canvas measures them; its own handles would each listen to every change. */
const Ends = () => <><i className="target flow-end" data-handlepos="top" /><i className="source flow-end flow-end-bottom" data-handlepos="bottom" /></>

const severityOf = (problems: StepProblem[] = []) => (problems.some(problem => problem.severity === 'error') ? 'error' : problems.length > 0 ? 'warning' : null)

/** Lets a piece be dragged; the canvas marks itself meanwhile, so that the places to drop show. */
const draggable = (what: Dragged) => ({
  draggable: true,
  onDragStart: (event: DragEvent) => {
    event.dataTransfer.setData(dragType, JSON.stringify(what))
    if (what.way) event.dataTransfer.setData(wayType, JSON.stringify(what))
    event.dataTransfer.effectAllowed = 'move'
    const flow = (event.target as HTMLElement).closest('.flow')
    requestAnimationFrame(() => flow?.classList.add('dragging'))
  },
  onDragEnd: (event: DragEvent) => (event.target as HTMLElement).closest('.flow')?.classList.remove('dragging'),
})

function Problem({ problems = [] }: { problems?: StepProblem[] }) {
  const severity = severityOf(problems)
  const text = problems.map(problem => problem.message).join(' ')
  return severity && <span className={`flow-bad problem-${severity}`} role="img" title={text} aria-label={text}>{problemIcons[severity]}</span>
}

const Marked = ({ mark }: { mark?: Mark }) => mark && <span className="flow-mark">{t(`versions.mark_${mark}`)}</span>

const Bubbles = ({ of = [] }: { of?: Bubble[] }) =>
  of.length > 0 && <span className="flow-bubbles">{of.map((bubble, i) => <span key={i} className={`flow-bubble bubble-${bubble.tone}`} title={bubble.title} aria-label={`${bubble.title}: ${bubble.n}`}>{bubble.n}</span>)}</span>

const StepCard = memo(function StepCard({ id, data }: NodeProps<Node<CardData>>) {
  const { select, move } = useCanvas()
  const { head, parts, text, icon, hue, chosen, follows, state, problems, mark, bubbles, count } = data
  const severity = severityOf(problems)
  const looks = ['flow-step', move && 'nopan', `hue-${hue}`, follows && `run-${state ?? 'none'}`, chosen && 'chosen', severity && `bad-${severity}`, mark && `mark-${mark}`, count === 0 && 'run-none']
  return (
    <>
      <button type="button" data-step={id} className={looks.filter(Boolean).join(' ')} aria-pressed={chosen} onClick={event => select(id, event.shiftKey)} {...(move && draggable({ step: id }))}>
        <span className="flow-head">
          <span className="flow-icon" aria-hidden>{icon}</span>
          <span className="flow-kind">{head}</span>
          <Marked mark={mark} />
          {state && <span className="flow-state" role="img" title={t(`workflows.step_${state}`)} aria-label={t(`workflows.step_${state}`)}>{stateIcons[state]}</span>}
          <Problem problems={problems} />
          {count !== undefined && <span className="flow-count nums">{number(count)}</span>}
        </span>
        <span className="flow-sentence" title={text}><Sentence parts={parts} /></span>
      </button>
      <Bubbles of={bubbles} />
      <Ends />
    </>
  )
})

const StartCard = memo(function StartCard({ data: { lines, chosen, problems, mark } }: NodeProps<Node<StartData>>) {
  const { select } = useCanvas()
  const severity = severityOf(problems)
  return (
    <>
      <button type="button" data-step="start" className={['flow-step flow-start', chosen && 'chosen', severity && `bad-${severity}`, mark && `mark-${mark}`].filter(Boolean).join(' ')} aria-pressed={chosen} onClick={() => select('start')}>
        <span className="flow-head">
          <span className="flow-icon" aria-hidden><ThunderboltOutlined /></span>
          <span className="flow-kind">{t('workflows.starts')}</span>
          <Marked mark={mark} />
          <Problem problems={problems} />
        </span>
        {lines.map((parts, i) => <span key={i} className="flow-sentence flow-trigger"><Sentence parts={parts} /></span>)}
      </button>
      <Ends />
    </>
  )
})

const WayHead = memo(function WayHead({ id, data: { owner, way, text, passed, movable, bubbles, count } }: NodeProps<Node<WayData>>) {
  const { select, moveWay } = useCanvas()
  const [over, setOver] = useState(false)
  const run = passed === null ? (count === 0 ? 'run-none' : '') : passed ? 'run-done' : 'run-none'
  return (
    <>
      <button
        type="button"
        data-way={id}
        className={`flow-way ${run} ${movable ? 'nopan' : ''} ${over ? 'flow-way-over' : ''}`}
        title={text}
        onClick={() => select(owner)}
        {...(movable && draggable({ step: owner, way }))}
        onDragOver={event => {
          if (!moveWay || !event.dataTransfer.types.includes(wayType)) return
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          moveWay?.(JSON.parse(event.dataTransfer.getData(wayType)) as { step: string; way: string }, { owner, way })
        }}
      >
        {movable && <HolderOutlined className="flow-grip" aria-hidden />}
        <span>{text}</span>
      </button>
      <Bubbles of={bubbles} />
      <Ends />
    </>
  )
})

const JoinDot = memo(() => <><span className="flow-join" /><Ends /></>)
const Frame = memo(() => <div className="flow-frame" />)
const Finish = memo(() => <><span className="flow-finish">{t('workflows.finish')}</span><Ends /></>)

export const nodeTypes = { step: StepCard, start: StartCard, way: WayHead, join: JoinDot, frame: Frame, finish: Finish }
