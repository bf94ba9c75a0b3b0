import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { RecordType } from '@/api/types'
import { useShortcuts } from '@/app/keyboard'
import { may } from '@/app/me'
import { useWide } from '@/app/useWide'
import { t } from '@/texts'
import { typeName } from '@/ui/typeName'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { number } from '@/ui/format'
import { Page } from '@/ui/Page'
import { RowsSkeleton } from '@/ui/Skeletons'
import { BulkBar } from './BulkBar'
import { ListBlank } from './ListBlank'
import { ListMenu } from './ListMenu'
import { RecordCards } from './RecordCards'
import { RecordTable } from './RecordTable'
import { Toolbar } from './Toolbar'
import { useListState } from './useListState'
import { useRecordCount, useRecordList } from './useRecordList'
import { ViewTabs } from './ViewTabs'
import './list.css'

const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))

/** @param extra - more at the left of the actions, such as a switch to a board. */
export function RecordList({ type, extra }: { type: RecordType; extra?: ReactNode }) {
  const wide = useWide()
  const navigate = useNavigate()
  const state = useListState(type)
  const params = { filter: state.whole, q: state.q, sort: state.sort }
  const list = useRecordList(type, params)
  const count = useRecordCount(type, params)
  const [creating, setCreating] = useState(false)
  const [selected, setSelected] = useState<string[]>([])
  const [active, setActive] = useState(-1)
  const records = list.data?.pages.flatMap(page => page.items) ?? []
  const canCreate = may(type, 'create')

  const open = (id: string) => void navigate(`/${type.plural}/${id}`)
  useShortcuts({
    j: () => setActive(Math.min(active + 1, records.length - 1)),
    k: () => setActive(Math.max(active - 1, 0)),
    Enter: () => records[active] && open(records[active].id),
    Escape: () => setSelected([]),
    ...(canCreate ? { c: () => setCreating(true) } : {}),
  })

  return (
    <Page
      full={wide}
      title={typeName(type)}
      note={count.data && (count.data.capped ? t('records.countCapped', { n: number(count.data.count) }) : t('records.count', { n: number(count.data.count) }))}
      actions={
        <>
          {extra}
          <ListMenu type={type} />
          {canCreate && <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('app.create')}</Button>}
        </>
      }
    >
      <ViewTabs type={type} state={state} />
      <Toolbar type={type} state={state} />
      {list.isPending ? (
        <div className="panel panel-pad"><RowsSkeleton rows={12} /></div>
      ) : list.isError && records.length === 0 ? (
        <Failure error={list.error} again={() => void list.refetch()} />
      ) : records.length === 0 ? (
        <ListBlank type={type} state={state} create={canCreate ? () => setCreating(true) : undefined} />
      ) : wide ? (
        <div className="list-scroll panel" aria-busy={list.isPlaceholderData}>
          <RecordTable type={type} records={records} state={state} active={active} selected={selected} onSelect={setSelected} open={open} />
          <LoadMore of={list} />
        </div>
      ) : (
        <>
          <RecordCards type={type} records={records} columns={state.columns} />
          <LoadMore of={list} />
        </>
      )}
      {selected.length > 0 && (
        <BulkBar type={type} records={records.filter(record => selected.includes(record.id))} clear={() => setSelected([])} />
      )}
      <Suspense>
        {creating && <RecordDrawer type={type} close={() => setCreating(false)} done={record => open(record.id)} />}
      </Suspense>
    </Page>
  )
}
