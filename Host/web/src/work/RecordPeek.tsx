import { useRecord } from '@/records/DetailPage'
import { FieldValue } from '@/records/fields/FieldValue'
import { useCatalogue } from '@/app/me'
import { label } from '@/texts'
import type { About } from './types'

const telling: Record<string, string[]> = {
  lead: ['company', 'phone', 'email', 'source', 'need', 'budget'],
  customer: ['phone', 'industry', 'region', 'owner'],
  contact: ['customer', 'title', 'phone', 'email'],
  opportunity: ['customer', 'contact', 'stage', 'amount', 'closeDate'],
  quote: ['customer', 'opportunity', 'total', 'effectiveDiscount', 'status', 'validUntil'],
}

/** What one must know of the record to do the task: whom to call, at what number, what it is about. */
export function RecordPeek({ about }: { about: About }) {
  const type = useCatalogue().byKey(about.type)
  const record = useRecord(type?.can.read ? type : undefined, about.id)
  if (!type || !record.data) return null
  const data = record.data
  const fields = (telling[type.key] ?? type.views[0]?.columns ?? [])
    .flatMap(key => type.fields.filter(field => field.key === key))
    .filter(field => data[field.key] != null && data[field.key] !== '')
  if (fields.length === 0) return null
  return (
    <dl className="peek">
      {fields.map(field => (
        <div key={field.key} className={field.type === 'longText' ? 'peek-wide' : undefined}>
          <dt>{label(field.label)}</dt>
          <dd><FieldValue field={field} value={data[field.key]} record={data} active /></dd>
        </div>
      ))}
    </dl>
  )
}
