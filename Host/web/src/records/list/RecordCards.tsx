import { Link } from 'react-router'
import type { Field, Rec, RecordType } from '@/api/types'
import { FieldValue } from '@/records/fields/FieldValue'
import { nameOf } from '@/records/nameOf'
import { label } from '@/texts'
import { Person } from '@/ui/Person'

/** A list on a phone: the view's first columns, folded into cards. */
export function RecordCards({ type, records, columns }: { type: RecordType; records: Rec[]; columns: string[] }) {
  const fields = columns.flatMap((key): Field[] => type.fields.filter(f => f.key === key && key !== type.nameField && key !== 'owner' && key !== 'number'))
  const tag = fields.find(field => field.type === 'select')
  const others = fields.filter(field => field !== tag)
  // what it costs or is worth is looked for first
  const money = others.find(field => field.type === 'money')
  const rest = [...others.filter(field => field !== money).slice(0, money ? 2 : 3), ...(money ? [money] : [])]
  return (
    <ul className="plain cards">
      {records.map(record => (
        <li key={record.id}>
          <Link to={`/${type.plural}/${record.id}`} className="card">
            <span className="card-head">
              <strong className="grow ellipsis">{nameOf(type, record) || '—'}</strong>
              {tag && record[tag.key] != null && <FieldValue field={tag} value={record[tag.key]} record={record} />}
            </span>
            {rest.filter(field => record[field.key] != null && record[field.key] !== '').map(field => (
              <span key={field.key} className="card-line">
                <span className="muted">{label(field.label)}</span>
                <span className="ellipsis"><FieldValue field={field} value={record[field.key]} record={record} /></span>
              </span>
            ))}
            {(record.owner || record.number) && (
              <span className="card-foot">
                {record.owner ? <Person of={record.owner} size={20} /> : <span />}
                <span className="muted small nums">{record.number}</span>
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}
