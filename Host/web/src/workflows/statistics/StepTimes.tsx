import { Link } from 'react-router'
import { t } from '@/texts'
import { number } from '@/ui/format'
import { stepsOf } from '../definition/blocks'
import { outcomeName } from '../runs/NarrowedBy'
import { nameOf, type Part } from './parts'
import { outcomesOfStep, runsBehind, type StepFigure } from './statistics'
import { TookLinks } from './TookLinks'

/** Time spent in each step, in the order of the flow, with what came of it. */
export function StepTimes({ sop, slice, figures, words }: Part) {
  const order = [...stepsOf(words.sop.steps)].map(step => step.id)
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length)
  const rows = figures.steps.filter(row => row.step !== '').sort((a, b) => place(a.step) - place(b.step))
  const longest = Math.max(1, ...rows.map(row => row.took?.p90 ?? 0))
  return (
    <section className="panel">
      <h2 className="panel-title figures-head">{t('watch.stepTimes')}</h2>
      {rows.length === 0 ? <p className="figures-none muted">{t('watch.noSteps')}</p> : (
        <div className="figures-scroll">
          <table className="figures-table">
            <thead><tr><th>{t('watch.step')}</th><th className="right">{t('watch.runs')}</th><th>{t('watch.median')} · {t('watch.p90')}</th><th>{t('watch.outcomes')}</th></tr></thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.step}>
                  <th scope="row">{nameOf(row.step, words)}</th>
                  <td className="right nums"><Link to={runsBehind(sop, slice, { step: row.step }, figures)}>{number(row.runs)}</Link></td>
                  <td><Times took={row.took} longest={longest} slower={took => runsBehind(sop, slice, { step: row.step, took: String(took) }, figures)} /></td>
                  <td>
                    <span className="outcomes">
                      {outcomesOfStep(row).map(one => (
                        <Link key={`${one.kind}/${one.outcome}`} className="outcome" to={runsBehind(sop, slice, { step: row.step, outcome: one.outcome! }, figures)}>{outcomeName(row.step, one.outcome!, words)} <span className="nums">{number(one.n)}</span></Link>
                      ))}
                      {row.failures > 0 && <Link className="chip chip-red" to={runsBehind(sop, slice, { step: row.step, failed: 'true' }, figures)}>{t('watch.failures', { n: row.failures })}</Link>}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

type Slower = (seconds: number) => string

/** The middle as a bar, nine of ten as its shadow, both against the slowest step; each leads to the runs that took as long. */
function Times({ took, longest, slower }: { took: StepFigure['took']; longest: number; slower: Slower }) {
  if (!took) return <span className="muted">—</span>
  const width = (seconds: number) => `${Math.max(took.p90 > 0 ? 1 : 0, (seconds / longest) * 100)}%`
  return (
    <div className="times">
      <span className="times-bar" aria-hidden><i style={{ width: width(took.p90) }} /><b style={{ width: width(took.median) }} /></span>
      <TookLinks took={took} slower={slower} />
    </div>
  )
}
