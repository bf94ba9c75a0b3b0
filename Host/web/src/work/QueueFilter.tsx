import { SearchOutlined } from '@ant-design/icons'
import { Input, Select } from 'antd'
import type { Label } from '@/api/types'
import { label, t } from '@/texts'
import { thing, type Narrow, type Sort } from './queue'
import type { Item } from './types'

type Props = { items: Item[]; narrow: Narrow; setNarrow: (next: Narrow) => void; sort: Sort; setSort: (next: Sort) => void; /** There is room for little. */ tight: boolean }

/** Which of the queue is shown, and in what order. */
export function QueueFilter({ items, narrow, setNarrow, sort, setSort, tight }: Props) {
  const sops = new Map<string, Label | string>()
  for (const item of items) {
    const { sop } = thing(item)
    if (sop?.name) sops.set(sop.key, sop.name)
  }
  return (
    <div className="work-filter">
      <Input
        className="work-filter-text"
        prefix={<SearchOutlined aria-hidden />}
        allowClear
        value={narrow.text}
        onChange={event => setNarrow({ ...narrow, text: event.target.value })}
        placeholder={t('work.find')}
        aria-label={t('work.find')}
      />
      <Select
        value={narrow.due}
        onChange={due => setNarrow({ ...narrow, due })}
        aria-label={t('work.due')}
        popupMatchSelectWidth={false}
        options={(['any', 'overdue', 'today', 'week'] as const).map(value => ({ value, label: t(`work.due_${value}`) }))}
      />
      {((sops.size > 1 && !tight) || narrow.sop) && (
        <Select
          value={narrow.sop ?? ''}
          onChange={sop => setNarrow({ ...narrow, sop: sop || null })}
          aria-label={t('work.ofSop')}
          popupMatchSelectWidth={false}
          options={[{ value: '', label: t('work.anySop') }, ...[...sops].map(([value, name]) => ({ value, label: label(name) }))]}
        />
      )}
      <Select
        value={sort}
        onChange={setSort}
        aria-label={t('work.order')}
        popupMatchSelectWidth={false}
        options={(['due', 'value'] as const).map(value => ({ value, label: t(`work.order_${value}`) }))}
      />
    </div>
  )
}
