import { useQuery } from '@tanstack/react-query'
import { Tabs } from 'antd'
import { useParams, useSearchParams } from 'react-router'
import { useCan } from '@/app/me'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { Page } from '@/ui/Page'
import { PageSkeleton } from '@/ui/Skeletons'
import { QuotaList } from '../quotas/QuotaList'
import { RunList } from '../runs/RunList'
import { SopStatistics } from '../statistics/SopStatistics'
import { SopActions } from './SopActions'
import { SopDesigner } from './SopDesigner'
import { SopFlow } from './SopFlow'
import { SopJson } from './SopJson'
import { SopState } from './SopState'
import { sopQuery } from './sops'
import { SopVersions } from './SopVersions'
import './sops.css'

export function SopPage() {
  const { key = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const can = useCan()
  const version = search.get('version')
  const sop = useQuery(sopQuery(key, version))
  const all = tabs(can('run.read'))
  const tab = all.find(one => one.key === search.get('tab'))?.key ?? 'flow'
  const open = (next: string) => setSearch(old => {
    old.set('tab', next)
    return old
  }, { replace: true })
  if (sop.isError && !sop.data) return <Failure error={sop.error} again={() => void sop.refetch()} />
  if (!sop.data) return <PageSkeleton />
  const { data } = sop
  const shown = version === 'draft' || (!version && data.state === 'draft') ? t('workflows.draft') : t('workflows.versionN', { n: version ?? data.version ?? data.versions[0]?.version ?? 0 })
  const editing = search.has('edit') && can('sop.manage')
  if (editing) return <SopDesigner sopKey={key} />
  return (
    <Page
      full={tab === 'flow'}
      title={label(data.name)}
      note={<><SopState state={data.state} /> {shown}</>}
      actions={<SopActions sop={data} />}
      below={<Tabs activeKey={tab} onChange={open} items={all} />}
    >
      {tab === 'flow' && <SopFlow sop={data.definition} />}
      {tab === 'figures' && <SopStatistics sop={data} />}
      {tab === 'quotas' && <QuotaList sop={data} />}
      {tab === 'runs' && <RunList fixed={{ sop: key }} />}
      {tab === 'versions' && <SopVersions sop={data} shown={version} />}
      {tab === 'json' && <SopJson definition={data.definition} />}
    </Page>
  )
}

const tabs = (watching: boolean) => [
  { key: 'flow', label: t('workflows.tab_flow') },
  ...(watching ? [{ key: 'figures', label: t('watch.figures') }] : []),
  { key: 'runs', label: t('workflows.tab_runs') },
  { key: 'quotas', label: t('watch.quotas') },
  { key: 'versions', label: t('workflows.tab_versions') },
  { key: 'json', label: t('workflows.tab_json') },
]
