import { useDroppable } from '@dnd-kit/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec, RecordType } from '@/api/types'
import { both, type Filter } from '@/records/filter/model'
import { label, t } from '@/texts'
import { shortMoney } from '@/ui/format'
import { LoadMore } from '@/ui/LoadMore'
import { Card } from './Card'
import type { Column } from './types'

/** One stage: its total, its cards, more of them as one scrolls. */
export function ColumnView({ type, column, filter, q }: { type: RecordType; column: Column; filter: Filter | null; q: string }) {
  const { setNodeRef, isOver, active } = useDroppable({ id: column.stage })
  const option = type.fields.find(field => field.key === 'stage')?.options?.find(o => o.key === column.stage)
  const params = { filter: JSON.stringify(both(filter, { field: 'stage', op: 'eq', value: column.stage })), q, sort: '-stageChangedAt', limit: 50 }
  const more = useInfiniteQuery({
    queryKey: keys.list('opportunity', { ...params, board: column.next }),
    queryFn: ({ pageParam }) => api.get<Page<Rec>>('opportunities', { ...params, after: pageParam }),
    initialPageParam: column.next,
    getNextPageParam: last => last.next,
    enabled: false,
  })
  const shown = new Set(column.items.map(item => item.id))
  const rest = more.data?.pages.flatMap(page => page.items).filter(item => !shown.has(item.id) && item.stage === column.stage) ?? []
  const hasNextPage = more.data ? more.hasNextPage : column.next !== null
  const takes = isOver && active?.data.current?.record?.stage !== column.stage
  return (
    <section ref={setNodeRef} className={takes ? 'board-column board-column-over' : 'board-column'} aria-label={option ? label(option.label) : column.label}>
      <header className="board-head">
        <span className={`board-dot dot-${option?.color ?? 'none'}`} aria-hidden />
        <strong>{option ? label(option.label) : column.label}</strong>
        <span className="muted nums">{column.count}</span>
        <span className="grow" />
        <span className="muted nums">{shortMoney(column.amount)}</span>
      </header>
      <div className="board-cards">
        {[...column.items, ...rest].map(record => <Card key={record.id} record={record} />)}
        {column.items.length === 0 && <p className="board-none">{t('sales.columnEmpty')}</p>}
        <LoadMore of={{
          hasNextPage,
          isFetchingNextPage: more.isFetching,
          fetchNextPage: () => void (more.data ? more.fetchNextPage() : more.refetch()),
        }} />
      </div>
    </section>
  )
}
