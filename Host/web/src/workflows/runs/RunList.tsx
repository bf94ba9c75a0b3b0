import { NodeIndexOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { RowsSkeleton } from '@/ui/Skeletons'
import { RunRow } from './RunRow'
import { runsPage, type RunFilter } from './runs'
import './runs.css'

/** Runs, the latest first; `fixed` is what the page around has settled. */
export function RunList({ fixed }: { fixed: RunFilter }) {
  const list = useInfiniteQuery({
    queryKey: keys.runs('list', fixed),
    queryFn: ({ pageParam }) => runsPage(fixed, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const runs = list.data?.pages.flatMap(page => page.items) ?? []
  if (list.isPending) return <RowsSkeleton rows={6} />
  if (list.isError) return <Failure error={list.error} again={() => void list.refetch()} />
  if (runs.length === 0) {
    const filtered = Object.entries(fixed).some(([name, value]) => value !== undefined && name !== 'sop' && name !== 'record')
    return <Blank icon={<NodeIndexOutlined />} title={t('workflows.noRuns')} text={t(filtered ? 'workflows.noRunsFiltered' : fixed.record ? 'workflows.noRunsRecord' : 'workflows.noRunsText')} />
  }
  return (
    <>
      <ul className="plain panel run-list">{runs.map(run => <RunRow key={run.id} run={run} without={fixed} />)}</ul>
      <LoadMore of={list} />
    </>
  )
}
