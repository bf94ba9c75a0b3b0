import { Input, InputNumber } from 'antd'
import type { Field, Ref } from '@/api/types'
import { grouped, plain } from '@/records/fields/FieldInput'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label } from '@/texts'

type Props = { part: Field; value: unknown; known?: Ref | null; hint: number | null; onChange: (value: unknown) => void }

const onSale = { field: 'active', op: 'eq', value: true }

export function LineInput({ part, value, known, hint, onChange }: Props) {
  if (part.type === 'reference')
    return <ReferenceSelect field={part} value={value} known={known} filter={part.references === 'product' ? onSale : undefined} onChange={onChange} />
  if (part.type === 'text')
    return <Input aria-label={label(part.label)} value={(value as string | null) ?? ''} maxLength={part.maxLength ?? 500} onChange={event => onChange(event.target.value)} />
  return (
    <InputNumber<number>
      aria-label={label(part.label)}
      value={value as number | null}
      placeholder={hint === null ? undefined : grouped(hint)}
      min={part.min ?? undefined}
      max={part.max ?? undefined}
      controls={false}
      changeOnWheel={false}
      formatter={grouped}
      parser={plain}
      onChange={onChange}
      style={{ width: '100%' }}
    />
  )
}
