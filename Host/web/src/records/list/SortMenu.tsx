import { SortAscendingOutlined, SortDescendingOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import type { RecordType } from '@/api/types'
import { useWide } from '@/app/useWide'
import { label, t } from '@/texts'
import type { ListState } from './useListState'

const orders = ['-createdAt', 'createdAt', '-updatedAt']

export function SortMenu({ type, state }: { type: RecordType; state: ListState }) {
  const wide = useWide()
  const keys = new Set(orders)
  for (const key of state.columns) {
    const field = type.fields.find(f => f.key === key)
    if (field && !['lines', 'json', 'multiSelect', 'longText', 'reference'].includes(field.type)) keys.add(key).add('-' + key)
  }
  const name = (sort: string) => {
    const field = type.fields.find(f => f.key === sort.replace('-', ''))
    return field ? `${label(field.label)} ${sort.startsWith('-') ? '↓' : '↑'}` : null
  }
  const items = [...keys].flatMap(key => {
    const text = name(key)
    return text ? [{ key, label: text }] : []
  })
  const current = state.sort ? name(state.sort.split(',')[0]!) : null
  return (
    <Dropdown trigger={['click']} menu={{ items, selectable: true, selectedKeys: [state.sort], onClick: ({ key }) => state.setSort(key), style: { maxHeight: 400, overflow: 'auto' } }}>
      <Button icon={state.sort.startsWith('-') ? <SortDescendingOutlined /> : <SortAscendingOutlined />} aria-label={[t('records.sort'), current].filter(Boolean).join(' ')}>
        {wide && (current ?? t('records.sort'))}
      </Button>
    </Dropdown>
  )
}
