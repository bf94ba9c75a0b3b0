import { ImportOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { Link } from 'react-router'
import { keys } from '@/api/keys'
import { useCatalogue } from '@/app/me'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { Page } from '@/ui/Page'
import { RowsSkeleton } from '@/ui/Skeletons'
import { ago, number } from '@/ui/format'
import { ImportState } from './ImportState'
import { active, importsPage, type ImportJob } from './imports'
import './imports.css'

export function ImportsPage() {
  const list = useInfiniteQuery({
    queryKey: keys.imports('list'),
    queryFn: ({ pageParam }) => importsPage(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const jobs = list.data?.pages.flatMap(page => page.items) ?? []
  const begin = <Link to="/imports/new"><Button type="primary" icon={<ImportOutlined />}>{t('imports.newImport')}</Button></Link>
  return (
    <Page title={t('imports.imports')} actions={jobs.length > 0 && begin}>
      {list.isPending ? <RowsSkeleton rows={4} /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : jobs.length === 0 ? (
        <Blank icon={<ImportOutlined />} title={t('imports.none')} text={t('imports.noneText')}>{begin}</Blank>
      ) : (
        <>
          <ul className="plain panel import-list">{jobs.map(job => <ImportRow key={job.id} job={job} />)}</ul>
          <LoadMore of={list} />
        </>
      )}
    </Page>
  )
}

function ImportRow({ job }: { job: ImportJob }) {
  const { byKey } = useCatalogue()
  const at = job.startedAt ?? job.createdAt
  return (
    <li className="import-row">
      <div className="grow">
        <Link to={`/imports/${job.id}`} className="import-name">{job.file}</Link>
        <div className="muted small">
          {[label(byKey(job.type)?.label) || job.type, job.createdBy?.name, at && ago(at)].filter(Boolean).join(' · ')}
        </div>
      </div>
      {active(job.state) && job.total > 0
        ? <Progress percent={Math.floor((job.done / job.total) * 100)} size="small" style={{ width: 140 }} />
        : <span className="muted small nums">{t('imports.landed', { n: number(job.created + job.updated), total: number(job.total) })}{job.failed > 0 && ` · ${t('imports.failedN', { n: number(job.failed) })}`}</span>}
      <ImportState state={job.state} />
    </li>
  )
}
