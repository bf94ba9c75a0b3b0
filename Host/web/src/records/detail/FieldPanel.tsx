import { useState } from 'react'
import type { Field, Rec, RecordType } from '@/api/types'
import { FieldValue } from '@/records/fields/FieldValue'
import { label, t } from '@/texts'
import { InlineField } from './InlineField'

const system = ['number', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'unit']

/** All fields of a record; those one may change are edited in place. */
export function FieldPanel({ type, record }: { type: RecordType; record: Rec }) {
  const [editing, setEditing] = useState<string | null>(null)
  const own = type.fields.filter(field => !system.includes(field.key) && field.key !== 'deletedAt' && field.type !== 'lines' && field.key !== type.nameField)
  const rest = type.fields.filter(field => system.includes(field.key))
  const editable = (field: Field) =>
    !field.readOnly && record.can?.update === true && !record.deletedAt && !record.masked?.includes(field.key) && field.type !== 'json'
  return (
    <>
      <h2 className="panel-title">{t('records.details')}</h2>
      <dl className="fields">
        {own.map(field => (
          <InlineField
            key={field.key}
            type={type}
            field={field}
            record={record}
            editable={editable(field)}
            editing={editing === field.key}
            setEditing={on => setEditing(on ? field.key : null)}
          />
        ))}
      </dl>
      <dl className="fields fields-system">
        {rest.map(field => (
          <div key={field.key} className="field">
            <dt>{label(field.label)}</dt>
            <dd><FieldValue field={field} value={record[field.key]} record={record} active /></dd>
          </div>
        ))}
      </dl>
    </>
  )
}
