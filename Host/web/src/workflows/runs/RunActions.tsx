import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ask, say } from '@/app/feedback'
import { t } from '@/texts'
import { MigrateRun } from '../versions/MigrateRun'
import type { RunDetail } from './runs'

/** What may be done about a run that is stuck or no longer wanted. */
export function RunActions({ run }: { run: RunDetail }) {
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (what: 'retry' | 'skip' | 'cancel') => api.post(`runs/${run.id}/${what}`, what === 'cancel' ? {} : { step: run.incident?.step }),
    onSuccess: () => {
      say(t('workflows.done'))
      return client.invalidateQueries({ queryKey: keys.runs() })
    },
  })
  const askFirst = async (what: 'skip' | 'cancel') => {
    const title = t(what === 'skip' ? 'workflows.skipAsk' : 'workflows.cancelAsk')
    if (await ask(title, { content: t(what === 'skip' ? 'workflows.skipText' : 'workflows.cancelText'), ok: t(what === 'skip' ? 'workflows.skip' : 'workflows.cancelRun'), danger: true })) act.mutate(what)
  }
  return (
    <>
      {run.can.retry && <Button type="primary" loading={act.isPending} onClick={() => act.mutate('retry')}>{t('workflows.retry')}</Button>}
      {run.can.skip && <Button disabled={act.isPending} onClick={() => void askFirst('skip')}>{t('workflows.skip')}</Button>}
      <MigrateRun run={run} />
      {run.can.cancel && <Button danger disabled={act.isPending} onClick={() => void askFirst('cancel')}>{t('workflows.cancelRun')}</Button>}
    </>
  )
}
