import type { Field, Rec, RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { useRecord } from '@/records/DetailPage'
import { label } from '@/texts'
import type { Approval } from '../types'
import { Shown } from './Shown'

type Part = Approval['snapshot'][number]
const figures = ['total', 'amount', 'effectiveDiscount', 'margin']

const context = ['customer', 'opportunity', 'strictestDiscount', 'ownLimit']

const fromRecord = (type: RecordType, record: Rec, approval: Approval): Part[] =>
  type.fields
    .filter(field => [...figures, ...context].includes(field.key) && !record.masked?.includes(field.key) && record[field.key] != null)
    .filter(field => !approval.snapshot.some(part => part.field === field.key))
    .map(field => ({ field: field.key, label: field.label, value: record[field.key] }))

/** The record as it was submitted: the figures that decide in large, then the rest, then its lines. */
export function Snapshot({ approval }: { approval: Approval }) {
  const type = useCatalogue().byKey(approval.record.type)
  const fieldOf = (part: Part) => type?.fields.find(field => field.key === part.field)
  const record = useRecord(type?.can.read ? type : undefined, approval.record.id).data
  // what was not submitted but follows from it (total, margin) is read from the record, as far as the approver may see it
  const known = [...approval.snapshot, ...(type && record ? fromRecord(type, record, approval) : [])]
  const large = figures.flatMap(key => known.filter(part => part.field === key && part.value != null)).slice(0, 3)
  const about = known.filter(part => !approval.snapshot.includes(part) && context.includes(part.field))
  const lines = approval.snapshot.filter(part => Array.isArray(part.value) && fieldOf(part)?.type === 'lines')
  const rest = [...about, ...approval.snapshot].filter(part => !large.includes(part) && !lines.includes(part) && part.value != null && part.value !== '')
  return (
    <section>
      {large.length > 0 && (
        <div className="figures">
          {large.map(part => (
            <div key={part.field} className="figure">
              <span className="muted small">{label(part.label)}</span>
              <strong className="nums"><Shown value={part.value} field={fieldOf(part)} /></strong>
            </div>
          ))}
        </div>
      )}
      <dl className="peek">
        {rest.map(part => (
          <div key={part.field} className={fieldOf(part)?.type === 'longText' ? 'peek-wide' : undefined}>
            <dt>{label(part.label)}</dt>
            <dd><Shown value={part.value} field={fieldOf(part)} /></dd>
          </div>
        ))}
      </dl>
      {lines.map(part => <Lines key={part.field} type={type!} part={part} />)}
    </section>
  )
}

function Lines({ type, part }: { type: RecordType; part: Part }) {
  const rows = part.value as Record<string, unknown>[]
  // each part of a line is under its key or under its Chinese name
  const of = (row: Record<string, unknown>, field: Field) => row[field.key] ?? row[field.label.zh]
  const shown = (type.fields.find(field => field.key === part.field)?.line ?? [])
    .filter(field => field.key !== 'listPrice' && rows.some(row => of(row, field) != null))
  const right = (field: Field) => (['money', 'decimal', 'integer'].includes(field.type) ? 'right' : undefined)
  return (
    <div className="snapshot-lines">
      <table>
        <thead><tr>{shown.map(field => <th key={field.key} className={right(field)}>{label(field.label)}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>{shown.map(field => <td key={field.key} className={right(field)}><Shown value={of(row, field)} field={field} /></td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
