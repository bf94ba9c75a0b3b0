import { Link, useNavigate } from 'react-router'
import { useCatalogue } from '@/app/me'
import { label, t } from '@/texts'
import { ago, dateTime, due } from '@/ui/format'
import { RunState } from './RunState'
import type { RunFilter, RunSummary } from './runs'

export function RunRow({ run, without }: { run: RunSummary; without: RunFilter }) {
  const { byKey } = useCatalogue()
  const navigate = useNavigate()
  const type = byKey(run.record.type)
  const waiting = run.waitingFor?.[0]
  return (
    <li className="run-row" onClick={event => { if (!(event.target as HTMLElement).closest('a')) void navigate(`/runs/${run.id}`) }}>
      <RunState state={run.state} />
      <div className="grow">
        <div className="run-title">
          <Link to={`/runs/${run.id}`}>{without.sop ? run.record.name : label(run.sop.name)}</Link>
          {!without.sop && !without.record && type && <Link to={`/${type.plural}/${run.record.id}`} className="run-record">{run.record.name}</Link>}
        </div>
        {run.incident ? <div className="run-wrong">{label(run.incident.message)}</div>
          : waiting && <div className="muted small">{label(waiting.what)}{waiting.until && ` · ${due(waiting.until)}`}</div>}
      </div>
      <span className="muted small nums">{t('workflows.versionN', { n: run.version })}</span>
      <time className="run-time muted small nums" dateTime={run.startedAt} title={dateTime(run.startedAt)}>{ago(run.startedAt)}</time>
    </li>
  )
}
