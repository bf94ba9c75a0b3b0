import type { Field, RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { FieldValue } from '@/records/fields/FieldValue'
import { label } from '@/texts'
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
              <strong className="nums"><Shown part={part} field={fieldOf(part)} /></strong>
            </div>
          ))}
        </div>
      )}
      <dl className="peek">
        {rest.map(part => (
          <div key={part.field} className={fieldOf(part)?.type === 'longText' ? 'peek-wide' : undefined}>
            <dt>{label(part.label)}</dt>
            <dd><Shown part={part} field={fieldOf(part)} /></dd>
          </div>
        ))}
      </dl>
      {lines.map(part => <Lines key={part.field} type={type!} part={part} />)}
    </section>
  )
}

function Shown({ part: { value }, field }: { part: Part; field: Field | undefined }) {
  if (field && (field.type !== 'reference' || (typeof value === 'object' && value !== null))) return <FieldValue field={field} value={value} active />
  if (typeof value === 'number') return <>{number(value)}</>
  if (typeof value === 'object' && value !== null && 'name' in value) return <>{String((value as { name: unknown }).name)}</>
  return <>{String(value)}</>
}

function Lines({ type, part }: { type: RecordType; part: Part }) {
  const shown = (type.fields.find(field => field.key === part.field)?.line ?? []).filter(field => !['cost', 'description', 'listPrice'].includes(field.key))
  const rows = part.value as Record<string, unknown>[]
  const right = (field: Field) => (['money', 'decimal', 'integer'].includes(field.type) ? 'right' : undefined)
  return (
    <div className="snapshot-lines">
      <table>
        <thead><tr>{shown.map(field => <th key={field.key} className={right(field)}>{label(field.label)}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {shown.map(field => (
                <td key={field.key} className={right(field)}>
                  <Shown part={{ ...part, value: field.key === 'product' && row.product == null ? row.description : row[field.key] }} field={field.key === 'product' && row.product == null ? undefined : field} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
