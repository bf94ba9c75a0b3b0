import { CheckCircleOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page } from '@/api/types'
import { ask, say } from '@/app/feedback'
import { useCan } from '@/app/me'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { RowsSkeleton } from '@/ui/Skeletons'
import { ago } from '@/ui/format'
import { causesOf, type Cause } from './incidents'
import type { RunSummary } from './runs'

/** What runs need a person for, by cause, so that one decision mends many. */
export function IncidentList() {
  const list = useQuery({ queryKey: keys.runs('list', { incidents: true }), queryFn: () => api.get<Page<RunSummary>>('runs', { state: 'incident', limit: 200 }) })
  if (list.isPending) return <RowsSkeleton rows={4} />
  if (list.isError) return <Failure error={list.error} again={() => void list.refetch()} />
  const causes = causesOf(list.data.items)
  if (causes.length === 0) return <Blank icon={<CheckCircleOutlined />} title={t('workflows.noIncidents')} text={t('workflows.noIncidentsText')} />
  return <div className="causes">{causes.map(cause => <CauseCard key={cause.id} cause={cause} />)}</div>
}

function CauseCard({ cause }: { cause: Cause }) {
  const can = useCan()
  const client = useQueryClient()
  const first = cause.runs[0]!
  const incident = first.incident!
  const act = useMutation({
    mutationFn: async (what: 'retry' | 'cancel') => {
      for (const run of cause.runs) await api.post(`runs/${run.id}/${what}`)
    },
    onSuccess: () => say(t('workflows.done')),
    onSettled: () => client.invalidateQueries({ queryKey: keys.runs() }),
  })
  const cancel = async () => {
    if (await ask(t('workflows.cancelRunsAsk', { n: cause.runs.length }), { ok: t('workflows.cancelRuns'), danger: true })) act.mutate('cancel')
  }
  return (
    <section className="panel panel-pad cause">
      <div className="cause-head">
        <span className="chip chip-red">{t('workflows.runsN', { n: cause.runs.length })}</span>
        <strong className="grow">{label(incident.message)}</strong>
        {can('run.manage') && (
          <span className="cause-acts">
            <Button type="primary" loading={act.isPending} onClick={() => act.mutate('retry')}>{t('workflows.retryAll')}</Button>
            <Button danger disabled={act.isPending} onClick={() => void cancel()}>{t('workflows.cancelRuns')}</Button>
          </span>
        )}
      </div>
      <p className="muted small">{label(first.sop.name)} · {incident.step} · {t(`workflows.class_${incident.class as 'data'}`)}{incident.owner && ` · ${incident.owner.name}`}</p>
      <ul className="plain cause-runs">
        {cause.runs.slice(0, 12).map(run => <li key={run.id}><Link to={`/runs/${run.id}`}>{run.record.name}</Link> <span className="muted small">{ago(run.startedAt)}</span></li>)}
        {cause.runs.length > 12 && <li className="muted">{t('workflows.andMore', { n: cause.runs.length - 12 })}</li>}
      </ul>
    </section>
  )
}
