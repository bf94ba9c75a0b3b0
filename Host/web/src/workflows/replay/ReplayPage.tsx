import { HistoryOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { Page } from '@/ui/Page'
import { PageSkeleton } from '@/ui/Skeletons'
import { date, dateTime, number } from '@/ui/format'
import { sopQuery } from '../sops/sops'
import '../sops/sops.css'
import '../runs/runs.css'
import './replay.css'
import { replaysQuery, type ReplaySummary } from './replay'
import { ReplayForm } from './ReplayForm'
import { ReplayResult } from './ReplayResult'

/** What an SOP would have done in a past period. */
export function ReplayPage() {
  const { key = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const version = search.get('version')
  const sop = useQuery(sopQuery(key, version))
  const earlier = useQuery(replaysQuery(key))
  const id = search.get('id')
  const open = (next: string | null) => setSearch(old => {
    if (next) old.set('id', next)
    else old.delete('id')
    return old
  })
  if (sop.isError) return <Failure error={sop.error} again={() => void sop.refetch()} />
  if (!sop.data) return <PageSkeleton />
  const before = earlier.data?.items ?? []
  return (
    <Page
      title={t('trials.replayOf', { name: label(sop.data.name) })}
      actions={
        <>
          {before.length > 0 && (
            <Select
              prefix={<HistoryOutlined />}
              aria-label={t('trials.earlier')}
              placeholder={t('trials.earlier')}
              value={id}
              onChange={open}
              options={before.map(one => ({ value: one.id, label: said(one) }))}
              style={{ width: 260 }}
            />
          )}
          {id && <Button icon={<PlusOutlined />} onClick={() => open(null)}>{t('trials.newReplay')}</Button>}
          <Link to={`/sops/${key}${version ? `?version=${version}` : ''}`}><Button>{t('app.close')}</Button></Link>
        </>
      }
    >
      {id ? <ReplayResult key={id} id={id} gone={() => open(null)} /> : <ReplayForm sop={sop.data} version={version} started={open} />}
    </Page>
  )
}

const said = (one: ReplaySummary) => t('trials.replaySaid', { from: date(one.from), to: date(one.to), n: number(one.cases), at: dateTime(one.createdAt) })
