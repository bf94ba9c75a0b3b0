import { Input, InputNumber, Select, Switch } from 'antd'
import dayjs from 'dayjs'
import type { Field, Ref } from '@/api/types'
import { label, t } from '@/texts'
import { DateInput } from '@/ui/dates'
import { FilterInput } from './FilterInput'
import { longest } from './rules'
import { ReferenceSelect } from './ReferenceSelect'
import { TemplateInput } from './TemplateInput'

type Props = {
  field: Field
  /** The API's form of the value; references as id. */
  value?: unknown
  onChange?: (value: unknown) => void
  onBlur?: () => void
  known?: Ref | null
  id?: string
  disabled?: boolean
  allowCreate?: boolean
  filter?: unknown
}

/** The control that fits a field. Values go in and out as the API has them. */
export function FieldInput({ field, value, onChange, onBlur, known, id, disabled, allowCreate, filter }: Props) {
  const common = { id, disabled, onBlur, 'aria-label': id ? undefined : label(field.label) }
  const text = (value as string | null | undefined) ?? ''
  if (field.templateOver) return <TemplateInput field={field} over={field.templateOver} id={id} disabled={disabled} onBlur={onBlur} value={text} onChange={next => onChange?.(next)} />
  switch (field.type) {
    case 'longText':
    case 'json':
      if (field.filterOver) return <FilterInput over={field.filterOver} value={value} onChange={onChange} />
      return <Input.TextArea {...common} value={typeof value === 'object' && value ? JSON.stringify(value) : text} onChange={e => onChange?.(e.target.value)} autoSize={{ minRows: 3, maxRows: 12 }} maxLength={longest(field)} />
    case 'integer':
    case 'decimal':
    case 'money':
      return (
        <InputNumber
          {...common}
          value={value as number | null}
          onChange={n => onChange?.(n)}
          min={field.min ?? undefined}
          max={field.max ?? undefined}
          changeOnWheel={false}
          precision={field.type === 'integer' ? 0 : undefined}
          prefix={field.type === 'money' ? '¥' : undefined}
          formatter={grouped}
          parser={plain}
          style={{ width: '100%' }}
        />
      )
    case 'boolean':
      return <Switch id={id} disabled={disabled} aria-label={label(field.label)} checked={value === true} onChange={checked => onChange?.(checked)} />
    case 'date':
      return <DateInput {...common} value={text ? dayjs(text) : null} onChange={day => onChange?.(day ? day.format('YYYY-MM-DD') : null)} style={{ width: '100%' }} />
    case 'dateTime':
      return <DateInput {...common} showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={text ? dayjs(text) : null} onChange={time => onChange?.(time ? time.toISOString() : null)} style={{ width: '100%' }} />
    case 'select':
    case 'multiSelect':
      return (
        <Select
          {...common}
          mode={field.type === 'multiSelect' ? 'multiple' : undefined}
          value={value ?? undefined}
          onChange={next => onChange?.(next ?? null)}
          options={field.options?.map(option => ({ value: option.key, label: label(option.label) }))}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          placeholder={t('records.pick')}
        />
      )
    case 'reference':
      return <ReferenceSelect id={id} disabled={disabled} field={field} value={value} onChange={onChange} onBlur={onBlur} known={known} allowCreate={allowCreate} filter={filter} />
    case 'lines':
      return null
    default:
      return (
        <Input
          {...common}
          type={field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : field.type === 'url' ? 'url' : 'text'}
          value={text}
          onChange={e => onChange?.(e.target.value)}
          maxLength={longest(field)}
          placeholder={field.type === 'url' ? 'https://' : undefined}
        />
      )
  }
}

/** Thousands separators without touching the decimals. */
export function grouped(value: unknown): string {
  const [whole, decimals] = String(value ?? '').split('.')
  const text = (whole ?? '').replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return decimals === undefined ? text : `${text}.${decimals}`
}

/** Nothing stays nothing, and is not nought. */
export const plain = (text: string | undefined) => (text ?? '').replace(/[,\s，¥]/g, '') as unknown as number
