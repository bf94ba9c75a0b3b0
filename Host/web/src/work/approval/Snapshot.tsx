import type { Field, RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { FieldValue } from '@/records/fields/FieldValue'
import { label, t } from '@/texts'
import { number } from '@/ui/format'
import type { Approval } from '../types'

type Part = Approval['snapshot'][number]
const figures = ['total', 'effectiveDiscount', 'strictestDiscount', 'discountPercent', 'margin', 'marginPercent', 'amount']

/** The record as it was submitted: the figures that decide in large, then the rest, then its lines. */
export function Snapshot({ approval }: { approval: Approval }) {
  const type = useCatalogue().byKey(approval.record.type)
  const fieldOf = (part: Part) => type?.fields.find(field => field.key === part.field)
  const large = figures.flatMap(key => approval.snapshot.filter(part => part.field === key && part.value != null)).slice(0, 4)
  const lines = approval.snapshot.filter(part => Array.isArray(part.value) && fieldOf(part)?.type === 'lines')
  const rest = approval.snapshot.filter(part => !large.includes(part) && !lines.includes(part) && part.value != null && part.value !== '')
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

/** Values come as people read them; only numbers are still to be formatted. */
function Shown({ value, field }: { value: unknown; field: Field | undefined }) {
  if (typeof value === 'number') return field && field.type !== 'reference' ? <FieldValue field={field} value={value} /> : <>{number(value)}</>
  if (typeof value === 'boolean') return <>{value ? t('records.yes') : t('records.no')}</>
  if (value === null || value === undefined) return <span className="muted">—</span>
  if (typeof value === 'object' && 'name' in value) return <>{String(value.name)}</>
  return <span className="long-text">{String(value)}</span>
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
