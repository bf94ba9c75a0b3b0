import { Select } from 'antd'
import type { RecordType } from '@/api/types'
import { label } from '@/texts'

type Props = { name: string; type: RecordType | undefined; many?: boolean; value: unknown; onChange: (value: unknown) => void }

export const FieldSelect = ({ name, type, many, value, onChange }: Props) => (
  <Select
    allowClear
    aria-label={name}
    mode={many ? 'multiple' : undefined}
    showSearch={{ optionFilterProp: 'label' }}
    value={value ?? undefined}
    onChange={onChange}
    options={type?.fields.filter(field => field.key !== 'deletedAt').map(field => ({ value: field.key, label: label(field.label) }))}
  />
)
