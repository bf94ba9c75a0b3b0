import { CheckCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Rec, RecordType } from '@/api/types'
import { useCan } from '@/app/me'
import { nameOf } from '@/records/nameOf'
import { label, t, tMaybe } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Chip } from '@/ui/Chip'
import { due } from '@/ui/format'
import { LinesSkeleton } from '@/ui/Skeletons'

const NewTask = lazy(() => import('@/work/task/NewTask'))

type Item = { id: string; title: string; state: string; dueAt: string | null; assignee?: { name: string } | null }
type Run = { id: string; sop: { key: string; name: Label }; version: number; state: string; startedAt: string }

/** Tasks, approvals and SOP runs of a record. */
export function WorkOfRecord({ type, record }: { type: RecordType; record: Rec }) {
  const can = useCan()
  const [creating, setCreating] = useState(false)
  const params = { record: record.id, state: 'all', mine: false }
  const tasks = useQuery({ queryKey: keys.tasks(params), queryFn: () => api.get<Page<Item>>('tasks', params) })
  const approvals = useQuery({ queryKey: keys.approvals(params), queryFn: () => api.get<Page<Item>>('approvals', params) })
  const runs = useQuery({
    queryKey: keys.runs({ record: record.id }),
    queryFn: () => api.get<Page<Run>>('runs', { record: record.id }),
    enabled: can('run.read'),
  })
  if (tasks.isPending || approvals.isPending) return <div className="detail-tab"><LinesSkeleton /></div>
  const rows = [
    ...(tasks.data?.items ?? []).map(item => ({ ...item, to: `/tasks/${item.id}` })),
    ...(approvals.data?.items ?? []).map(item => ({ ...item, to: `/approvals/${item.id}` })),
  ]
  const create = !record.deletedAt && (
    <>
      <Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('work.newTask')}</Button>
      <Suspense>
        {creating && <NewTask about={{ type: type.key, id: record.id, name: nameOf(type, record) }} close={() => setCreating(false)} />}
      </Suspense>
    </>
  )
  if (rows.length === 0 && !runs.data?.items.length)
    return <Blank icon={<CheckCircleOutlined />} title={t('records.noWork')} text={t('records.noWorkText')}>{create}</Blank>
  return (
    <div className="detail-tab">
      {create && <div className="detail-tab-head">{create}</div>}
      {rows.map(row => (
        <Link key={row.id} to={row.to} className="related">
          <span className="grow">
            <span className="related-name ellipsis">{row.title}</span>
            <span className="muted small">{[row.assignee?.name, row.state === 'open' && row.dueAt && due(row.dueAt)].filter(Boolean).join(' · ')}</span>
          </span>
          <Chip color={row.state === 'open' ? 'blue' : row.state === 'approved' || row.state === 'done' ? 'green' : null}>{tMaybe(`work.state_${row.state}`, row.state)}</Chip>
        </Link>
      ))}
      {runs.data?.items.map(run => (
        <Link key={run.id} to={`/runs/${run.id}`} className="related">
          <span className="grow">
            <span className="related-name ellipsis">{label(run.sop.name)}</span>
            <span className="muted small">{t('records.sopVersion', { n: run.version })}</span>
          </span>
          <Chip color={run.state === 'incident' ? 'red' : run.state === 'done' ? 'green' : 'blue'}>{tMaybe(`records.run_${run.state}`, run.state)}</Chip>
        </Link>
      ))}
    </div>
  )
}
