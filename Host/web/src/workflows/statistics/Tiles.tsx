import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { t } from '@/texts'
import { number, percent } from '@/ui/format'
import type { Part } from './parts'
import { runsBehind, tookWords } from './statistics'

/** The whole in a few numbers. */
export function Tiles({ sop, slice, figures }: Part) {
  const { runs, now, overdue } = figures
  const slower = (took?: number) => runsBehind(sop, slice, { state: 'done', took: took?.toString() }, figures)
  const started = (state?: string) => runsBehind(sop, slice, { state }, figures)
  const share = (n: number) => (runs.total > 0 ? percent((n / runs.total) * 100, 0) : '')
  const atLeast = (n: number, more: boolean) => (more ? t('watch.mostAtLeast', { n: number(n) }) : number(n))
  return (
    <div className="tiles">
      <Tile name={t('watch.total')} to={started()} value={number(runs.total)} note={t('watch.inPeriod')} />
      <Tile name={t('workflows.run_done')} to={started('done')} value={number(runs.states.done)} note={share(runs.states.done)} />
      <Tile name={t('workflows.run_cancelled')} to={started('cancelled')} value={number(runs.states.cancelled)} note={share(runs.states.cancelled)} />
      <Tile
        name={t('watch.took')}
        to={slower(runs.took?.median)}
        value={runs.took ? tookWords(runs.took.median) : '—'}
        note={runs.took ? <Link to={slower(runs.took.p90)} title={t('watch.slowestTenth')}>{t('watch.p90')} {tookWords(runs.took.p90)}</Link> : t('watch.untilDone')}
      />
      <Tile name={t('watch.openRuns')} to={runsBehind(sop, slice, { state: 'open' })} value={atLeast(now.open, now.more)} note={t('watch.atThisTime')} />
      <Tile name={t('watch.lateTasks')} to={runsBehind(sop, slice, { overdue: 'true' })} value={atLeast(overdue.n, overdue.more)} tone={overdue.n > 0 ? 'late' : undefined} note={t('watch.atThisTime')} />
      <Tile name={t('watch.incidentsNow')} to={runsBehind(sop, slice, { state: 'incident' })} value={number(now.incidents)} tone={now.incidents > 0 ? 'bad' : undefined} note={t('watch.atThisTime')} />
    </div>
  )
}

function Tile({ name, value, note, to, tone }: { name: string; value: string; note: ReactNode; to: string; tone?: 'late' | 'bad' }) {
  return (
    <div className={`panel tile ${tone ? `tile-${tone}` : ''}`}>
      <Link to={to} className="tile-link" title={t('watch.runsBehind')}>
        <span className="tile-name">{name}</span>
        <strong className="nums">{value}</strong>
      </Link>
      <span className="tile-note muted small">{note}</span>
    </div>
  )
}
