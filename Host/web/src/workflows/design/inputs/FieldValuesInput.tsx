import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { RecordType } from '@/api/types'
import { FieldInput } from '@/records/fields/FieldInput'
import { label, t } from '@/texts'
import type { Inputs } from '../../definition/sop'
import { JsonInput } from './JsonInput'

type Props = { type: RecordType | undefined; value: Inputs | undefined; onChange: (value: Inputs | undefined) => void }

const computed = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Which fields get which values. */
export function FieldValuesInput({ type, value = {}, onChange }: Props) {
  const fields = type?.fields.filter(field => !['lines', 'json'].includes(field.type) && !['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deletedAt', 'number'].includes(field.key)) ?? []
  const entries = Object.entries(value)
  const write = (next: [string, unknown][]) => onChange(next.length > 0 ? Object.fromEntries(next) : undefined)
  const free = fields.filter(field => !(field.key in value))
  return (
    <div className="design-stack">
      {entries.map(([key, one], i) => {
        const field = fields.find(f => f.key === key)
        const set = (next: unknown) => write(entries.map((entry, j) => (j === i ? [key, next ?? null] : entry)))
        return (
          <div key={key} className="design-inner">
            <div className="design-row">
              <Select
                aria-label={t('workflows.field')}
                showSearch={{ optionFilterProp: 'label' }}
                value={key}
                onChange={to => write(entries.map((entry, j) => (j === i ? [to, null] : entry)))}
                options={[...(field ? [field] : []), ...free].map(f => ({ value: f.key, label: label(f.label) }))}
              />
              <Button type="text" icon={<DeleteOutlined />} aria-label={t('app.delete')} onClick={() => write(entries.filter((_, j) => j !== i))} />
            </div>
            {computed(one) || !field ? <JsonInput name={key} value={one} onChange={set} /> : <FieldInput field={field} value={one} onChange={set} />}
          </div>
        )
      })}
      <Button type="dashed" size="small" icon={<PlusOutlined />} disabled={free.length === 0} onClick={() => free[0] && write([...entries, [free[0].key, null]])}>{t('workflows.addField')}</Button>
    </div>
  )
}
