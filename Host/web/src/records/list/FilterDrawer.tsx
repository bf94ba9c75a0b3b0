import { Button, Drawer, Space } from 'antd'
import { useState } from 'react'
import type { RecordType } from '@/api/types'
import { useWide } from '@/app/useWide'
import { FilterBuilder } from '@/records/filter/FilterBuilder'
import { emptyGroup, opsFor, toFilter, toGroup, type Group } from '@/records/filter/model'
import { t } from '@/texts'
import { number } from '@/ui/format'
import type { ListState } from './useListState'
import { useRecordCount } from './useRecordList'

/** The filter builder beside its list, with the number of records it would leave. */
export default function FilterDrawer({ type, state, close }: { type: RecordType; state: ListState; close: () => void }) {
  const wide = useWide()
  const [group, setGroup] = useState<Group>(() => {
    const current = toGroup(state.filter)
    const first = type.fields.find(field => field.type === 'select') ?? type.fields[0]
    return current.parts.length > 0 || !first ? current : { ...current, parts: [{ field: first.key, op: opsFor(first.type)[0] ?? 'notEmpty' }] }
  })
  const filter = toFilter(group)
  const count = useRecordCount(type, { filter })
  const apply = () => {
    state.setFilter(filter)
    close()
  }
  return (
    <Drawer
      open
      onClose={close}
      size={wide ? 640 : '100%'}
      title={t('records.filter')}
      footer={
        <Space style={{ display: 'flex', justifyContent: 'flex-end' }}>
          <Button type="text" onClick={() => setGroup(emptyGroup())}>{t('records.clearFilter')}</Button>
          <Button type="primary" onClick={apply}>
            {count.data ? t('records.showN', { n: number(count.data.count) + (count.data.capped ? '+' : '') }) : t('records.apply')}
          </Button>
        </Space>
      }
    >
      <FilterBuilder type={type} value={group} onChange={setGroup} />
    </Drawer>
  )
}
