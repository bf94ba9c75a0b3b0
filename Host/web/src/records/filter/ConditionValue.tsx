import { InputNumber, Select, Space, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { Field } from '@/api/types'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'
import { DateRangeInput } from '@/ui/dates'
import { arity, type Condition, type Period, type Scalar } from './model'
import { MomentValue } from './MomentValue'
import { PeriodValue } from './PeriodValue'

type Value = Condition['value']
type Props = { field: Field; value: Condition; onChange: (value: Value) => void }

/** The input of a condition's value, as field and comparison need it. */
export function ConditionValue({ field, value: { op, value }, onChange }: Props) {
  const many = arity(op) === null
  const name = t('records.value')
  switch (field.type) {
    case 'boolean':
      return (
        <Select
          aria-label={name}
          value={value as boolean | undefined}
          onChange={(v: boolean) => onChange(v)}
          options={[{ value: true, label: t('records.yes') }, { value: false, label: t('records.no') }]}
        />
      )
    case 'select':
    case 'multiSelect':
      return (
        <Select
          aria-label={name}
          mode={many ? 'multiple' : undefined}
          value={value as string | undefined}
          onChange={(v: Scalar) => onChange(v)}
          options={field.options?.map(option => ({ value: option.key, label: label(option.label) }))}
          showSearch={{ optionFilterProp: 'label' }}
          maxTagCount="responsive"
        />
      )
    case 'reference':
      return <ReferenceSelect field={field} many={many} value={value as string} onChange={v => onChange(v as Value)} relative />
    case 'date':
    case 'dateTime':
      if (op === 'within') return <PeriodValue value={value as Period | undefined} onChange={onChange} />
      if (op === 'between') return <DayRange field={field} value={value} onChange={onChange} />
      return <MomentValue field={field} value={value} onChange={onChange} />
    case 'integer':
    case 'decimal':
    case 'money':
      if (op === 'between') return <NumberRange value={value as number[] | undefined} onChange={onChange} />
      if (many) return <Select mode="tags" open={false} aria-label={name} value={value as number[]} onChange={(v: unknown[]) => onChange(v.map(Number).filter(Number.isFinite))} />
      return <InputNumber aria-label={name} value={value as number | undefined} onChange={v => onChange(v ?? undefined)} />
    default:
      if (many) return <Select mode="tags" open={false} aria-label={name} value={value as string[]} onChange={(v: string[]) => onChange(v)} />
      return <Input aria-label={name} maxLength={200} value={(value as string | undefined) ?? ''} onChange={e => onChange(e.target.value)} />
  }
}

function NumberRange({ value, onChange }: { value: number[] | undefined; onChange: (value: Value) => void }) {
  const set = (index: 0 | 1) => (n: number | null) => {
    const next = [value?.[0], value?.[1]]
    next[index] = n ?? undefined
    onChange(next as number[])
  }
  return (
    <Space.Compact block>
      <InputNumber aria-label={t('records.from')} placeholder={t('records.from')} value={value?.[0]} onChange={set(0)} />
      <InputNumber aria-label={t('records.to')} placeholder={t('records.to')} value={value?.[1]} onChange={set(1)} />
    </Space.Compact>
  )
}

function DayRange({ field, value, onChange }: { field: Field; value: Value; onChange: (value: Value) => void }) {
  const [from, to] = Array.isArray(value) ? (value as string[]) : []
  const write = (day: Dayjs, end: boolean) =>
    field.type === 'date' ? day.format('YYYY-MM-DD') : (end ? day.endOf('day') : day.startOf('day')).toISOString()
  return (
    <DateRangeInput
      value={from && to ? [dayjs(from), dayjs(to)] : null}
      onChange={days => onChange(days?.[0] && days[1] ? [write(days[0], false), write(days[1], true)] : undefined)}
    />
  )
}
