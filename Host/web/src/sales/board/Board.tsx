import { PlusOutlined } from '@ant-design/icons'
import { DndContext, DragOverlay, KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec, RecordType } from '@/api/types'
import { useShortcuts } from '@/app/keyboard'
import { may } from '@/app/me'
import { ListMenu } from '@/records/list/ListMenu'
import { Toolbar } from '@/records/list/Toolbar'
import { useListState } from '@/records/list/useListState'
import { ViewTabs } from '@/records/list/ViewTabs'
import '@/records/list/list.css'
import { t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { number, shortMoney } from '@/ui/format'
import { Page } from '@/ui/Page'
import { typeName } from '@/ui/typeName'
import { useMove } from '../useMove'
import { BoardSkeleton } from './BoardSkeleton'
import { CardFace } from './Card'
import { ColumnView } from './Column'
import type { BoardData } from './types'
import './board.css'

const LostDialog = lazy(() => import('../LostDialog'))
const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))

export function Board({ type, extra }: { type: RecordType; extra?: ReactNode }) {
  const navigate = useNavigate()
  const state = useListState(type)
  const params = { filter: state.whole ? JSON.stringify(state.whole) : undefined, q: state.q }
  const board = useQuery({
    queryKey: keys.board(params),
    queryFn: ({ signal }) => api.get<BoardData>('opportunities/board', params, { signal }),
    placeholderData: keepPreviousData,
  })
  const move = useMove()
  const [dragged, setDragged] = useState<Rec | null>(null)
  const [losing, setLosing] = useState<Rec | null>(null)
  const [creating, setCreating] = useState(false)
  const canCreate = may(type, 'create')
  useShortcuts(canCreate ? { c: () => setCreating(true) } : {})
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor),
  )
  const columns = board.data?.columns ?? []
  const open = columns.filter(column => !['won', 'lost'].includes(column.stage))

  const drop = ({ active, over }: DragEndEvent) => {
    const record = active.data.current?.record as Rec | undefined
    setDragged(null)
    if (!record || !over || over.id === record.stage) return
    if (over.id === 'lost') setLosing(record)
    else move.mutate({ record, stage: String(over.id) })
  }
  return (
    <Page
      full
      title={typeName(type)}
      note={board.data && t('sales.boardNote', { n: number(open.reduce((sum, c) => sum + c.count, 0)), amount: shortMoney(open.reduce((sum, c) => sum + c.amount, 0)) })}
      actions={
        <>
          {extra}
          <ListMenu type={type} />
          {canCreate && <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('app.create')}</Button>}
        </>
      }
    >
      <ViewTabs type={type} state={state} />
      <Toolbar type={type} state={state} bare />
      {board.isPending ? <BoardSkeleton /> : board.isError ? <Failure error={board.error} again={() => void board.refetch()} /> : (
        <DndContext sensors={sensors} onDragStart={({ active }) => setDragged(active.data.current?.record as Rec)} onDragCancel={() => setDragged(null)} onDragEnd={drop}>
          <div className="board" aria-busy={board.isPlaceholderData}>
            {columns.map(column => <ColumnView key={column.stage} type={type} column={column} filter={state.whole} q={state.q} />)}
          </div>
          <DragOverlay dropAnimation={null}>{dragged && <div className="board-card board-card-lifted"><CardFace record={dragged} /></div>}</DragOverlay>
        </DndContext>
      )}
      <Suspense>
        {losing && (
          <LostDialog
            type={type}
            name={String(losing.name)}
            close={() => setLosing(null)}
            done={lost => {
              move.mutate({ record: losing, stage: 'lost', ...lost })
              setLosing(null)
            }}
          />
        )}
        {creating && <RecordDrawer type={type} close={() => setCreating(false)} done={record => void navigate(`/opportunities/${record.id}`)} />}
      </Suspense>
    </Page>
  )
}
