import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { t, tMaybe } from '@/texts'
import { Person } from '@/ui/Person'
import { ago, number } from '@/ui/format'
import { nameOf, type Part } from './parts'
import { runsBehind } from './statistics'

/** What is late and what failed. */
export function Hurts({ sop, slice, figures, words }: Part) {
  const { overdue, incidents } = figures
  return (
    <div className="figures-two">
      <section className="panel panel-pad">
        <h2 className="panel-title">{t('watch.lateTasks')}</h2>
        {overdue.n === 0 ? <p className="muted">{t('watch.noLate')}</p> : (
          <>
            {overdue.steps.map(one => <Line key={one.step} name={nameOf(one.step, words)} n={one.n} note={t('watch.oldest', { at: ago(one.oldest) })} to={runsBehind(sop, slice, { at: one.step, overdue: 'true' })} />)}
            <hr />
            {overdue.people.map(one => <Line key={one.person.id} name={<Person of={one.person} size={20} />} n={one.n} note={t('watch.oldest', { at: ago(one.oldest) })} to={runsBehind(sop, slice, { overdue: 'true', person: one.person.id })} />)}
          </>
        )}
      </section>
      <section className="panel panel-pad">
        <h2 className="panel-title">{t('watch.incidents')}</h2>
        {incidents.length === 0 ? <p className="muted">{t('watch.noIncidents')}</p> : incidents.map(one => (
          <Line
            key={`${one.step}/${one.class}`}
            name={<>{nameOf(one.step, words)} <span className="muted">{tMaybe(`workflows.class_${one.class}`, one.class)}</span></>}
            n={one.n}
            note={one.open > 0 ? <Link to={`/runs?tab=incidents&sop=${sop}&class=${one.class}`} className="figures-bad">{t('watch.stillOpen', { n: one.open })}</Link> : null}
            to={runsBehind(sop, slice, { incident: one.class, step: one.step || undefined }, figures)}
          />
        ))}
      </section>
    </div>
  )
}

function Line({ name, n, note, to }: { name: ReactNode; n: number; note: ReactNode; to: string }) {
  return (
    <div className="figures-line">
      <span className="grow">{name}</span>
      <span className="muted small">{note}</span>
      <Link to={to} className="nums">{number(n)}</Link>
    </div>
  )
}
