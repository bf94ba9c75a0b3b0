import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec, RecordType, TimelineEntry } from '@/api/types'
import { may, useCatalogue } from '@/app/me'
import { t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { LinesSkeleton } from '@/ui/Skeletons'
import { Segmented } from 'antd'
import { Entry } from './Entry'
import { groupEntries } from './grouping'
import { LogActivity } from './LogActivity'
import './timeline.css'

/** Everything that happened, newest first, and a place to add what just happened. */
export function Timeline({ type, record }: { type: RecordType; record: Rec }) {
  const { byKey } = useCatalogue()
  const [only, setOnly] = useState<'all' | 'activity'>('all')
  const list = useInfiniteQuery({
    queryKey: keys.timeline(type.key, record.id),
    queryFn: ({ pageParam }) => api.get<Page<TimelineEntry>>(`${type.plural}/${record.id}/timeline`, { limit: 50, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next,
  })
  const entries = list.data?.pages.flatMap(page => page.items) ?? []
  const shown = groupEntries(only === 'all' ? entries : entries.filter(entry => entry.recordType === 'activity'))
  const canLog = may(byKey('activity'), 'create') && type.key !== 'activity' && !record.deletedAt
  return (
    <div className="detail-tab">
      {canLog && <LogActivity type={type} record={record} />}
      <Segmented
        size="small"
        value={only}
        onChange={setOnly}
        options={[{ value: 'all', label: t('records.everything') }, { value: 'activity', label: t('records.activities') }]}
        style={{ marginBottom: 16 }}
      />
      {list.isPending ? <LinesSkeleton lines={6} /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : (
        <ol className="plain timeline">
          {shown.map(entry => <Entry key={entry.id} entry={entry} home={record.id} />)}
          {shown.length === 0 && <li className="muted">{t('records.nothingYet')}</li>}
        </ol>
      )}
      <LoadMore of={list} />
    </div>
  )
}
