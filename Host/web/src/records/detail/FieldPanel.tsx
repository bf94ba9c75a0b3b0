import { DownOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { Field, Rec, RecordType } from '@/api/types'
import { FieldValue } from '@/records/fields/FieldValue'
import { label, t } from '@/texts'
import { InlineField } from './InlineField'

const system = ['number', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'unit']

/** All fields of a record; those one may change are edited in place. */
export function FieldPanel({ type, record }: { type: RecordType; record: Rec }) {
  const [editing, setEditing] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const own = type.fields.filter(field => !system.includes(field.key) && field.key !== 'deletedAt' && field.type !== 'lines' && field.key !== type.nameField)
  const rest = type.fields.filter(field => system.includes(field.key))
  const editable = (field: Field) =>
    !field.readOnly && record.can?.update === true && !record.deletedAt && !record.masked?.includes(field.key) && field.type !== 'json'
  const empty = (field: Field) => {
    const value = record[field.key]
    return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  }
  // what is read-only and empty says nothing yet; what may be filled in is one click away
  const blanks = own.filter(empty).length
  const shown = own.filter(field => all || !empty(field) || field.key === editing)
  return (
    <>
      <h2 className="panel-title">{t('records.details')}</h2>
      <dl className="fields">
        {shown.map(field => (
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
      {blanks > 0 && (
        <Button type="text" size="small" className="fields-more" aria-expanded={all} icon={<DownOutlined rotate={all ? 180 : 0} />} onClick={() => setAll(!all)}>
          {all ? t('records.hideBlank') : t('records.showBlank', { n: blanks })}
        </Button>
      )}
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
