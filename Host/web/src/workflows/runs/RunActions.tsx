import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ask, report, say } from '@/app/feedback'
import { t } from '@/texts'
import { findStep } from '../definition/blocks'
import type { Inputs } from '../definition/sop'
import type { Words } from '../words/context'
import { MigrateRun } from '../versions/MigrateRun'
import { EditRetry } from './incidents/EditRetry'
import type { RunDetail } from './runs'

type Act = { what: 'retry' | 'skip' | 'cancel'; inputs?: Inputs }

/** What may be done about a run that is stuck or no longer wanted. */
export function RunActions({ run, words }: { run: RunDetail; words: Words | null }) {
  const client = useQueryClient()
  const [editing, setEditing] = useState(false)
  const act = useMutation({
    meta: { quiet: true },
    mutationFn: ({ what, inputs }: Act) => api.post(`runs/${run.id}/${what}`, what === 'cancel' ? {} : { step: run.incident?.step || undefined, inputs }),
    onSuccess: (_, { what }) => {
      say(t(what === 'retry' ? 'workflows.retriedOne' : 'workflows.done'))
      setEditing(false)
      return client.invalidateQueries({ queryKey: keys.runs() })
    },
    onError: error => {
      if (!editing) report(error)
    },
  })
  const askFirst = async (what: 'skip' | 'cancel') => {
    const title = t(what === 'skip' ? 'workflows.skipAsk' : 'workflows.cancelAsk')
    if (await ask(title, { content: t(what === 'skip' ? 'workflows.skipText' : 'workflows.cancelText'), ok: t(what === 'skip' ? 'workflows.skip' : 'workflows.cancelRun'), danger: true })) act.mutate({ what })
  }
  const step = words && run.incident ? findStep(words.sop, run.incident.step) : undefined
  return (
    <>
      {run.can.retry && <Button type="primary" loading={act.isPending && !editing} onClick={() => act.mutate({ what: 'retry' })}>{t('workflows.retry')}</Button>}
      {run.can.edit && step && <Button disabled={act.isPending} onClick={() => setEditing(true)}>{t('watch.edit')}</Button>}
      {run.can.skip && <Button disabled={act.isPending} onClick={() => void askFirst('skip')}>{t('workflows.skip')}</Button>}
      <MigrateRun run={run} />
      {run.can.cancel && <Button danger disabled={act.isPending} onClick={() => void askFirst('cancel')}>{t('workflows.cancelRun')}</Button>}
      {editing && step && words && <EditRetry step={step} words={words} given={givenBefore(run)} busy={act.isPending} error={act.error} close={() => { act.reset(); setEditing(false) }} retry={inputs => act.mutate({ what: 'retry', inputs })} />}
    </>
  )
}

/** What somebody corrected at an earlier try is where the next one begins. */
function givenBefore(run: RunDetail): Inputs | undefined {
  const last = [...run.history].reverse().find(entry => entry.kind === 'retried' && entry.step === run.incident?.step && entry.output)
  return last?.output as Inputs | undefined
}
