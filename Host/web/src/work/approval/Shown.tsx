import type { Field } from '@/api/types'
import { FieldValue } from '@/records/fields/FieldValue'
import { t } from '@/texts'
import { date, number } from '@/ui/format'

/** A submitted value. They come as people read them; only numbers and dates are still to be formatted. */
export function Shown({ value, field }: { value: unknown; field: Field | undefined }) {
  // percentages carry more decimals than anyone reads
  if (typeof value === 'number' && field?.type === 'decimal') return <span className="nums">{number(value)}</span>
  if (typeof value === 'number') return field && field.type !== 'reference' ? <FieldValue field={field} value={value} /> : <>{number(value)}</>
  if (typeof value === 'boolean') return <>{value ? t('records.yes') : t('records.no')}</>
  if (value === null || value === undefined || value === '') return <span className="muted">—</span>
  if (typeof value === 'object' && 'name' in value) return <>{String(value.name)}</>
  if (field?.type === 'date' && /^\d{4}-\d\d-\d\d$/.test(String(value))) return <span className="nums">{date(String(value))}</span>
  return <span className="long-text">{String(value)}</span>
}
