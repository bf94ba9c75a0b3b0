import { Form, Input } from 'antd'
import type { Field } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { label } from '@/texts'
import { InsertField, useInsert } from './InsertField'
import { longest } from './rules'

type Props = { field: Field; over: string; value: string; onChange: (value: string) => void; id?: string; disabled?: boolean; onBlur?: () => void }

/** A text into which fields may be put. Whose they are may be named by another field of the form. */
export function TemplateInput({ field, over, value, onChange, ...shared }: Props) {
  const { byKey } = useCatalogue()
  const named = Form.useWatch(over) as string | undefined
  const type = byKey(over) ?? byKey(named)
  const { box, insert } = useInsert(value, onChange)
  const common = { ...shared, ref: box, value, maxLength: longest(field), onChange: (event: { target: { value: string } }) => onChange(event.target.value) }
  return (
    <div className="template-input">
      {field.type === 'longText' ? <Input.TextArea {...common} autoSize={{ minRows: 6, maxRows: 18 }} /> : <Input {...common} />}
      {type && <InsertField name={label(field.label)} type={type} find={byKey} insert={insert} />}
    </div>
  )
}
