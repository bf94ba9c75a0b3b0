import { Link } from 'react-router'
import { t } from '@/texts'
import { number } from '@/ui/format'
import { stepsOf } from '../definition/blocks'
import { outcomeName } from '../runs/NarrowedBy'
import { nameOf, type Part } from './parts'
import { outcomesOfStep, runsBehind, tookWords, type StepFigure } from './statistics'

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
                  <td><Times row={row} longest={longest} /></td>
                  <td>
                    <span className="outcomes">
                      {outcomesOfStep(row).map(one => (
                        <Link key={`${one.kind}/${one.outcome}`} className="outcome" to={runsBehind(sop, slice, { step: row.step, outcome: one.outcome! }, figures)}>{outcomeName(row.step, one.outcome!, words)} <span className="nums">{number(one.n)}</span></Link>
                      ))}
                      {row.failures > 0 && <span className="chip chip-red">{t('watch.failures', { n: row.failures })}</span>}
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

/** The middle as a bar, nine of ten as its shadow, both against the slowest step. */
function Times({ row: { took }, longest }: { row: StepFigure; longest: number }) {
  if (!took) return <span className="muted">—</span>
  const width = (seconds: number) => `${Math.max(took.p90 > 0 ? 1 : 0, (seconds / longest) * 100)}%`
  return (
    <div className="times">
      <span className="times-bar" aria-hidden><i style={{ width: width(took.p90) }} /><b style={{ width: width(took.median) }} /></span>
      <span className="nums">{tookWords(took.median)} <span className="muted">· {tookWords(took.p90)}</span></span>
    </div>
  )
}
