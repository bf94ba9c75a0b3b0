import { Link } from 'react-router'
import { t } from '@/texts'
import { Person } from '@/ui/Person'
import { number } from '@/ui/format'
import { stageName } from '../runs/NarrowedBy'
import { nameOf, type Part } from './parts'
import { runsBehind, tookWords, type Asked, type StageFigure } from './statistics'

/** How long approvers take, by stage and person. */
export function ApprovalTimes(part: Part) {
  const { figures, words } = part
  if (figures.approvals.length === 0) return null
  return (
    <section className="panel">
      <h2 className="panel-title figures-head">{t('watch.approvals')}</h2>
      <div className="figures-scroll">
        <table className="figures-table">
          <thead><tr><th>{t('watch.stage')} · {t('watch.approver')}</th><th className="right">{t('watch.visits')}</th><th className="right">{t('watch.median')}</th><th className="right">{t('watch.p90')}</th><th className="right">{t('watch.waiting')}</th></tr></thead>
          {figures.approvals.map(stage => (
            <tbody key={`${stage.step}/${stage.stage}`}>
              <tr className="figures-group"><th scope="rowgroup">{nameOf(stage.step, words)} · {stageName(stage.stage, words)}</th><Numbers part={part} stage={stage} of={stage} /></tr>
              {stage.people.map(one => <tr key={one.person.id}><th scope="row"><Person of={one.person} size={20} /></th><Numbers part={part} stage={stage} of={one} person={one.person.id} /></tr>)}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  )
}

function Numbers({ part: { sop, slice, figures }, stage, of, person }: { part: Part; stage: StageFigure; of: Asked; person?: string }) {
  const to = runsBehind(sop, slice, { stage: stage.stage, person }, figures)
  const link = (n: number) => (n > 0 ? <Link to={to}>{number(n)}</Link> : <span className="muted">0</span>)
  return (
    <>
      <td className="right nums">{link(of.took?.n ?? 0)}</td>
      <td className="right nums">{of.took ? tookWords(of.took.median) : '—'}</td>
      <td className="right nums">{of.took ? tookWords(of.took.p90) : '—'}</td>
      <td className="right nums">{link(of.waiting)}</td>
    </>
  )
}
