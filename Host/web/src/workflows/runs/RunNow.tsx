import { ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { Link } from 'react-router'
import { label, t } from '@/texts'
import { dateTime, due } from '@/ui/format'
import { findStep } from '../definition/blocks'
import type { Words } from '../words/context'
import { stepName } from '../words/names'
import type { RunDetail, Waiting } from './runs'
import { WaitingActs } from './WaitingActs'

const to = ({ task, approval }: Waiting) => (task ? `/tasks/${task}` : approval ? `/approvals/${approval}` : null)

/** Where a run stands: what is wrong, or what it waits for and until when. */
export function RunNow({ run, words }: { run: RunDetail; words: Words }) {
  const name = (id: string) => {
    const step = findStep(words.sop, id)
    return step ? stepName(step, words) : id
  }
  return (
    <>
      {run.incident && (
        <div className="run-incident" role="alert">
          <strong><ExclamationCircleFilled /> {name(run.incident.step)}</strong>
          <p>{label(run.incident.message)}</p>
          <p className="muted small">
            {t(`workflows.class_${run.incident.class as 'data'}`)} · {t('workflows.attempts', { n: run.incident.attempts })}
            {run.incident.owner && ` · ${t('workflows.incidentOwner', { name: run.incident.owner.name })}`}
          </p>
        </div>
      )}
      {run.waitingFor.map((waiting, i) => (
        <div key={i} className="run-waiting">
          <ClockCircleOutlined aria-hidden />
          <div>
            <strong>{waiting.kind === 'quota' ? t('watch.quotaWait') : to(waiting) ? <Link to={to(waiting)!}>{name(waiting.step)}</Link> : name(waiting.step)}</strong>
            {waiting.who && <div>{t('workflows.withPerson', { name: waiting.who.name })}</div>}
            {waiting.what && <div>{label(waiting.what)}</div>}
            {waiting.until && <div className="muted small" title={dateTime(waiting.until)}>{t('workflows.waitsUntil', { at: dateTime(waiting.until), due: due(waiting.until) })}</div>}
            {(waiting.seats?.length ?? 0) > 1
              ? waiting.seats!.map(seat => <div key={seat.seat} className="waiting-seat"><span>{seat.person.name}</span><WaitingActs run={run.id} waiting={waiting} seat={seat.seat} /></div>)
              : <WaitingActs run={run.id} waiting={waiting} />}
          </div>
        </div>
      ))}
    </>
  )
}
