import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Empty, Skeleton } from 'antd'
import { Link } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Ref } from '@/api/types'
import { useCatalogue } from '@/app/me'
import type { PlugProps } from '@/records/plugs'
import { t } from '@/texts'
import { ago, number } from '@/ui/format'
import './members.css'

type Members = { type: string; count: number; items: { id: string; name: string; enteredAt: string }[]; next: string | null }

/** Who is in the segment, or in that of a campaign, of those that one may see. */
export default function SegmentMembers({ record }: PlugProps) {
  const { byKey } = useCatalogue()
  const segment = (record.audience as Ref | undefined)?.id ?? record.id
  const members = useInfiniteQuery({
    queryKey: [...keys.record('segment', segment), 'members'],
    queryFn: ({ pageParam }) => api.get<Members>(`segments/${segment}/members?limit=50${pageParam ? `&after=${pageParam}` : ''}`),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const pages = members.data?.pages ?? []
  const items = pages.flatMap(page => page.items)
  const plural = byKey(pages[0]?.type ?? '')?.plural
  if (members.isPending) return <Skeleton active />
  if (items.length === 0) return <Empty description={t('records.noMembers')} />
  return (
    <>
      <p className="muted">{t('records.memberCount', { n: number(pages[0]?.count ?? 0) })}</p>
      <ul className="members">
        {items.map(item => (
          <li key={item.id}>
            {plural ? <Link to={`/${plural}/${item.id}`}>{item.name}</Link> : item.name} <span className="muted small">{ago(item.enteredAt)}</span>
          </li>
        ))}
      </ul>
      {members.hasNextPage && <Button loading={members.isFetchingNextPage} onClick={() => members.fetchNextPage()}>{t('app.loadMore')}</Button>}
    </>
  )
}
