import { CheckCircleOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link } from 'react-router'
import { keys } from '@/api/keys'
import { ask, say, warn } from '@/app/feedback'
import { useCan } from '@/app/me'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { RowsSkeleton } from '@/ui/Skeletons'
import { ago } from '@/ui/format'
import { sopsQuery } from '../sops/sops'
import { causesQuery, mendAll, type Cause, type Mend } from './incidents'

/** What runs need a person for, by cause, so that one decision mends many. */
export function IncidentList() {
  const causes = useQuery(causesQuery)
  if (causes.isPending) return <RowsSkeleton rows={4} />
  if (causes.isError) return <Failure error={causes.error} again={() => void causes.refetch()} />
  if (causes.data.items.length === 0) return <Blank icon={<CheckCircleOutlined />} title={t('workflows.noIncidents')} text={t('workflows.noIncidentsText')} />
  return <div className="causes">{causes.data.items.map(cause => <CauseCard key={[cause.sop, cause.step, cause.code].join('|')} cause={cause} />)}</div>
}

function CauseCard({ cause }: { cause: Cause }) {
  const can = useCan()
  const client = useQueryClient()
  const sops = useQuery(sopsQuery)
  const name = label(sops.data?.items.find(sop => sop.key === cause.sop)?.name) || cause.sop
  const act = useMutation({
    mutationFn: (how: Mend) => mendAll(cause, how),
    onSuccess: ({ done, failed }) => (failed.length > 0 ? warn(t('workflows.mendedSome', { done, left: failed.length })) : say(t('workflows.mended', { n: done }))),
    onSettled: () => client.invalidateQueries({ queryKey: keys.runs() }),
  })
  const askFirst = async (how: 'skip' | 'cancel') => {
    const title = t(how === 'skip' ? 'workflows.skipAllAsk' : 'workflows.cancelRunsAsk', { n: cause.count })
    if (await ask(title, { content: t(how === 'skip' ? 'workflows.skipText' : 'workflows.cancelText'), ok: t(how === 'skip' ? 'workflows.skip' : 'workflows.cancelRuns'), danger: true })) act.mutate(how)
  }
  return (
    <section className="panel panel-pad cause">
      <div className="cause-head">
        <Link to={`/runs?sop=${cause.sop}&state=incident`} className="chip chip-red">{t('workflows.runsN', { n: cause.count })}</Link>
        <strong className="grow">{label(cause.message)}</strong>
        {can('run.manage') && (
          <span className="cause-acts">
            <Button type="primary" loading={act.isPending} onClick={() => act.mutate('retry')}>{t('workflows.retryAll')}</Button>
            <Button disabled={act.isPending} onClick={() => void askFirst('skip')}>{t('workflows.skip')}</Button>
            <Button danger disabled={act.isPending} onClick={() => void askFirst('cancel')}>{t('workflows.cancelRuns')}</Button>
          </span>
        )}
      </div>
      <p className="muted small">
        {[name, cause.step, t(`workflows.class_${cause.class as 'data'}`), t('workflows.since', { at: ago(cause.since) })].filter(Boolean).join(' · ')}
      </p>
    </section>
  )
}
