import { DownOutlined } from '@ant-design/icons'
import { Button, Form } from 'antd'
import { useState, type ComponentProps } from 'react'
import type { Field, Rec, Ref } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { FieldInput } from '@/records/fields/FieldInput'
import { rulesFor, triggers } from '@/records/fields/rules'
import { label, t } from '@/texts'

type Props = { first: Field[]; more: Field[]; record?: Rec; known?: Record<string, Ref | null | undefined> }

/** The inputs of a record's form; the less used ones folded. */
export function RecordFields({ first, more, record, known }: Props) {
  const [open, setOpen] = useState(false)
  const item = (field: Field) => <FieldItem key={field.key} field={field} record={record} known={known?.[field.key]} />
  return (
    <>
      {first.map(item)}
      {more.length > 0 && (
        <Button type="text" className="more-fields" aria-expanded={open} icon={<DownOutlined rotate={open ? 180 : 0} />} onClick={() => setOpen(!open)}>
          {t('records.moreFields', { n: more.length })}
        </Button>
      )}
      <div className="folded-fields" hidden={!open}>{more.map(item)}</div>
    </>
  )
}

export function FieldItem({ field, record, known }: { field: Field; record?: Rec; known?: Ref | null }) {
  const masked = record?.masked?.includes(field.key) ?? false
  const Input = field.type === 'reference' ? WithinForm : FieldInput
  const given = field.type === 'reference' ? (known ?? (record?.[field.key] as Ref | null | undefined)) : undefined
  return (
    <Form.Item
      name={field.key}
      label={label(field.label)}
      rules={masked ? [] : rulesFor(field)}
      extra={masked ? t('records.masked') : field.help ? label(field.help) : undefined}
      validateTrigger={triggers}
    >
      <Input field={field} known={given} disabled={masked} allowCreate={!!field.references && !['user', 'unit', 'role'].includes(field.references)} />
    </Form.Item>
  )
}

/** Where the form has chosen a customer, only that customer's contacts are offered: others would be refused. */
function WithinForm(props: ComponentProps<typeof FieldInput>) {
  const { byKey } = useCatalogue()
  const owner = byKey(props.field.references)?.fields.find(one => one.type === 'reference' && one.key === one.references && !one.readOnly)?.key
  const chosen: unknown = Form.useWatch(owner ?? '')
  return <FieldInput {...props} filter={owner && typeof chosen === 'string' ? { field: owner, op: 'eq', value: chosen } : undefined} />
}
