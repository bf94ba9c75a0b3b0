import { SwapOutlined } from '@ant-design/icons'
import type { Field } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { label, t, tMaybe } from '@/texts'
import { dateTime } from '@/ui/format'
import type { Approval, Change } from '../types'
import { Shown } from './Shown'

/** What is different from what was submitted the time before. */
export function Changed({ approval }: { approval: Approval }) {
  const type = useCatalogue().byKey(approval.record.type)
  const { changed } = approval
  if (!changed) return null
  const fieldOf = (key: string) => type?.fields.find(field => field.key === key)
  return (
    <section className="changed" aria-label={t('work.changed')}>
      <h3><SwapOutlined aria-hidden /> {t('work.changedSince', { at: dateTime(changed.at), state: tMaybe(`work.state_${changed.state}`, changed.state) })}</h3>
      {changed.fields.length === 0 ? <p className="muted">{t('work.nothingChanged')}</p> : (
        <ul className="plain">
          {changed.fields.map(change => {
            const field = fieldOf(change.field)
            return field?.type === 'lines' ? <Lines key={change.field} change={change} field={field} /> : (
              <li key={change.field} className="changed-field">
                <span className="muted">{label(change.label)}</span>
                <del><Shown value={change.before} field={field} /></del>
                <span aria-hidden>→</span>
                <ins><Shown value={change.after} field={field} /></ins>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

type Row = Record<string, unknown>

/** Lines are told apart by their product; of those in both only what differs is named. */
function Lines({ change, field }: { change: Change; field: Field }) {
  const columns = (field.line ?? []).filter(column => column.key !== 'listPrice')
  const of = (row: Row, column: Field) => row[column.key] ?? row[column.label.zh]
  const name = (row: Row) => String(columns[0] ? of(row, columns[0]) : '')
  const before = (change.before ?? []) as Row[]
  const after = (change.after ?? []) as Row[]
  const gone = before.filter(old => !after.some(row => name(row) === name(old)))
  return (
    <>
      {after.map((row, i) => {
        const old = before.find(other => name(other) === name(row))
        const parts = old ? columns.filter(column => JSON.stringify(of(old, column)) !== JSON.stringify(of(row, column))) : []
        if (old && parts.length === 0) return null
        return (
          <li key={i} className="changed-field">
            <span>{old ? name(row) : <ins>{t('work.lineAdded', { name: name(row) })}</ins>}</span>
            {old && parts.map(column => (
              <span key={column.key} className="changed-part">
                <span className="muted">{label(column.label)}</span> <del><Shown value={of(old, column)} field={column} /></del> <span aria-hidden>→</span> <ins><Shown value={of(row, column)} field={column} /></ins>
              </span>
            ))}
          </li>
        )
      })}
      {gone.map((row, i) => <li key={`gone${i}`} className="changed-field"><del>{t('work.lineGone', { name: name(row) })}</del></li>)}
    </>
  )
}
