import { ArrowDownOutlined, ArrowUpOutlined, LayoutOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import type { RecordType } from '@/api/types'
import { label, t } from '@/texts'
import type { ListState } from './useListState'

export function ColumnChooser({ type, state }: { type: RecordType; state: ListState }) {
  const fields = type.fields.filter(field => !['lines', 'json'].includes(field.type) && field.key !== 'deletedAt')
  const shown = state.columns.flatMap(key => fields.filter(field => field.key === key))
  const rest = fields.filter(field => !state.columns.includes(field.key))
  const toggle = (key: string) =>
    state.setColumns(state.columns.includes(key) ? state.columns.filter(k => k !== key) : [...state.columns, key])
  const move = (index: number, by: number) => {
    const next = shown.map(field => field.key)
    const [key] = next.splice(index, 1)
    next.splice(index + by, 0, key!)
    state.setColumns(next)
  }
  const list = (
    <ul className="plain columns">
      {shown.map((field, index) => (
        <li key={field.key}>
          <Checkbox checked disabled={shown.length === 1} onChange={() => toggle(field.key)}>{label(field.label)}</Checkbox>
          <span className="grow" />
          <Button type="text" size="small" icon={<ArrowUpOutlined />} disabled={index === 0} aria-label={t('records.moveUp')} onClick={() => move(index, -1)} />
          <Button type="text" size="small" icon={<ArrowDownOutlined />} disabled={index === shown.length - 1} aria-label={t('records.moveDown')} onClick={() => move(index, 1)} />
        </li>
      ))}
      {rest.map(field => (
        <li key={field.key}><Checkbox checked={false} onChange={() => toggle(field.key)}>{label(field.label)}</Checkbox></li>
      ))}
    </ul>
  )
  return (
    <Popover trigger="click" placement="bottomRight" arrow={false} content={list} title={t('records.columns')}>
      <Button icon={<LayoutOutlined />}>{t('records.columns')}</Button>
    </Popover>
  )
}
