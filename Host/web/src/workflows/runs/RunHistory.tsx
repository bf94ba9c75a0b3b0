import {
  CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, ExclamationCircleFilled, ForkOutlined, PlayCircleFilled, RedoOutlined, StepForwardOutlined, SwapOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { label, t, tMaybe } from '@/texts'
import { dateTime } from '@/ui/format'
import { blocksOf, findStep } from '../definition/blocks'
import type { Inputs } from '../definition/sop'
import { StepFacts } from '../steps/StepFacts'
import type { Words } from '../words/context'
import { conditionWords, valueWords } from '../words/condition'
import { stepName } from '../words/names'
import { outcomesOf } from '../words/paths'
import { wayWords } from '../words/way'
import { Payload } from './Payload'
import { pastUntil, type HistoryEntry, type RunDetail } from './runs'

const icons: Record<string, ReactNode> = {
  started: <PlayCircleFilled />, entered: <PlayCircleFilled />, decided: <ForkOutlined rotate={180} />, waiting: <ClockCircleFilled />, completed: <CheckCircleFilled />,
  failed: <ExclamationCircleFilled />, retried: <RedoOutlined />, skipped: <StepForwardOutlined />, cancelled: <CloseCircleFilled />,
  timedOut: <ClockCircleFilled />, migrated: <SwapOutlined />, ended: <CheckCircleFilled />,
}

type Props = { entries: HistoryEntry[]; words: Words; open?: (step: string) => void; startedBy?: RunDetail['startedBy'] }

/** What happened, who did it and why, from the first to the last. */
export function RunHistory({ entries, words, open }: Props) {
  if (entries.length === 0) return <p className="muted">{t('workflows.noHistory')}</p>
  return <ol className="plain history">{entries.map((entry, i) => <Entry key={i} entry={entry} words={words} open={open} />)}</ol>
}

function Entry({ entry, words, open }: { entry: HistoryEntry; words: Words; open?: (step: string) => void }) {
  const step = findStep(words.sop, entry.step)
  const name = step ? stepName(step, words) : ''
  const outcome = entry.outcome ? outcomeWords(entry, words) : ''
  return (
    <li className={`history-entry history-${entry.kind}`}>
      <span className="history-icon" aria-hidden>{icons[entry.kind] ?? <CheckCircleFilled />}</span>
      <div className="grow">
        <div className="history-head">
          {step && open ? <button type="button" className="link history-step" onClick={() => open(entry.step)}>{name}</button> : name && <strong>{name}</strong>}
          <span>{tMaybe(`workflows.note_${entry.kind}`, entry.kind)}</span>
          {outcome && <span className="chip chip-blue">{outcome}</span>}
          {entry.visit > 1 && <span className="muted small">{t('workflows.visit', { n: entry.visit })}</span>}
          {(entry.attempt ?? 1) > 1 && <span className="muted small">{t('workflows.attempt', { n: entry.attempt! })}</span>}
        </div>
        {entry.why && <p className="history-why">{label(entry.why)}</p>}
        {entry.checks?.map((check, i) => (
          <p key={i} className="history-why">
            {conditionWords({ field: check.path, op: check.op, value: check.wanted as never }, words)} {check.met ? '✓' : '✗'}
            {check.actual !== undefined && check.actual !== null && <span className="muted"> {t('workflows.itWas', { value: valueWords(check.path, check.actual, words) })}</span>}
          </p>
        ))}
        {entry.assignee && <p className="history-why">{t('workflows.withPerson', { name: entry.assignee.name })}</p>}
        {entry.until && <p className="history-why">{pastUntil(entry.until, label(entry.dueWhy ?? ''))}</p>}
        <Given entry={entry} words={words} />
        <Payload title={t('workflows.output')} value={entry.output} words={words} />
        <div className="muted small nums">{dateTime(entry.at)}{entry.actor && ` · ${entry.actor.name}`}</div>
      </div>
    </li>
  )
}

/** What the step was given, by its description. */
function Given({ entry, words }: { entry: HistoryEntry; words: Words }) {
  const kind = findStep(words.sop, entry.step)?.kind
  const description = kind ? words.step(kind) : undefined
  if (!description) return <Payload title={t('workflows.input')} value={entry.input} words={words} />
  if (typeof entry.input !== 'object' || entry.input === null) return null
  return (
    <details className="payload">
      <summary>{t('workflows.input')}</summary>
      <div className="payload-body"><StepFacts inputs={description.inputs} values={entry.input as Inputs} words={words} /></div>
    </details>
  )
}

function outcomeWords(entry: HistoryEntry, words: Words): string {
  // the engine calls classes and ends as its code does
  const said = entry.outcome!.charAt(0).toLowerCase() + entry.outcome!.slice(1)
  if (entry.kind === 'failed') return tMaybe(`workflows.class_${said}`, said)
  const step = findStep(words.sop, entry.step)
  const way = step && blocksOf(step).find(block => block.way === entry.outcome)
  if (step && way) return wayWords(step, way, words)
  return outcomesOf(entry.step, words).find(o => o.key === entry.outcome)?.text ?? tMaybe(`workflows.outcome_${said}`, entry.outcome!)
}
