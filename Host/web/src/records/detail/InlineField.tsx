import { CheckOutlined, CloseOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Form } from 'antd'
import { useState } from 'react'
import type { Field, Rec, RecordType, Ref } from '@/api/types'
import { FieldInput } from '@/records/fields/FieldInput'
import { FieldValue } from '@/records/fields/FieldValue'
import { rulesFor } from '@/records/fields/rules'
import { changedFields, written } from '@/records/form/formFields'
import { useSaveRecord } from '@/records/form/useSaveRecord'
import { label, t } from '@/texts'
import { showProblem } from '@/ui/forms'

type Props = { type: RecordType; field: Field; record: Rec; editable: boolean; editing: boolean; setEditing: (on: boolean) => void }

export function InlineField({ type, field, record, editable, editing, setEditing }: Props) {
  return (
    <div className="field">
      <dt>{label(field.label)}</dt>
      <dd>
        {editing ? (
          <InlineForm type={type} field={field} record={record} close={() => setEditing(false)} />
        ) : (
          <>
            <FieldValue field={field} value={record[field.key]} record={record} active />
            {editable && (
              <Button type="text" size="small" className="field-edit" icon={<EditOutlined />} aria-label={t('records.editField', { field: label(field.label) })} onClick={() => setEditing(true)} />
            )}
          </>
        )}
      </dd>
    </div>
  )
}

function InlineForm({ type, field, record: latest, close }: { type: RecordType; field: Field; record: Rec; close: () => void }) {
  // the version that the person began with
  const [record] = useState(latest)
  const [form] = Form.useForm<Record<string, unknown>>()
  const save = useSaveRecord(type)
  const submit = (values: Record<string, unknown>) => {
    const changes = changedFields([field], record, values)
    if (Object.keys(changes).length === 0) return close()
    save.mutate({ record, changes }, { onSuccess: close, onError: error => showProblem(form, error) })
  }
  return (
    <Form
      form={form}
      className="field-form"
      initialValues={{ [field.key]: written(field, record[field.key]) }}
      onFinish={submit}
      onKeyDown={event => event.key === 'Escape' && close()}
    >
      <Form.Item name={field.key} rules={rulesFor(field)} className="grow">
        <FieldInput field={field} known={field.type === 'reference' ? (record[field.key] as Ref | null) : undefined} allowCreate />
      </Form.Item>
      <Button type="primary" htmlType="submit" icon={<CheckOutlined />} aria-label={t('app.save')} loading={save.isPending} />
      <Button icon={<CloseOutlined />} aria-label={t('app.cancel')} onClick={close} />
    </Form>
  )
}
