import { DownOutlined, EllipsisOutlined, RightOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { keys } from '@/api/keys'
import { ask, say } from '@/app/feedback'
import { useCan } from '@/app/me'
import { label, t } from '@/texts'
import { ago, dateTime } from '@/ui/format'
import { findStep } from '../../definition/blocks'
import type { Inputs } from '../../definition/sop'
import { sopQuery, sopsQuery, useWords } from '../../sops/sops'
import { stepName } from '../../words/names'
import { EditRetry } from './EditRetry'
import { GiveDialog } from './GiveDialog'
import { IncidentRows } from './IncidentRows'
import { mend, type Cause, type IncidentFilter, type Mend, type MendResult } from './incidents'
import { MendResultDialog } from './MendResultDialog'

type Act = { how: Mend; inputs?: Inputs; owner?: string }

/** One cause with its runs: acts on those that are selected, else on all. */
export function CauseCard({ cause, filter }: { cause: Cause; filter: IncidentFilter }) {
  const can = useCan()
  const client = useQueryClient()
  const sops = useQuery(sopsQuery)
  const sop = useQuery(sopQuery(cause.sop, null))
  const words = useWords(sop.data?.definition)
  const step = words && findStep(words.sop, cause.step)
  const [open, setOpen] = useState(false)
  const [chosen, choose] = useState<string[]>([])
  const [dialog, setDialog] = useState<'edit' | 'give' | null>(null)
  const [result, setResult] = useState<MendResult | null>(null)
  const [refused, setRefused] = useState<string[]>([])
  const n = chosen.length || cause.count
  const act = useMutation({
    meta: { quiet: true },
    mutationFn: ({ how, ...more }: Act) => mend({ cause, chosen }, how, more),
    onSuccess: (came, { how, inputs }) => {
      // wrong inputs are corrected where they were written
      if (inputs && came.done === 0 && came.failed > 0) return setRefused([...new Set(came.items.flatMap(item => item.message ?? []))])
      setDialog(null)
      setRefused([])
      choose([])
      if (came.failed > 0) setResult(came)
      else say(t(how === 'retry' ? 'workflows.retriedN' : 'workflows.mended', { n: came.done }))
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.runs() }),
  })
  const askFirst = async (how: 'skip' | 'cancel') => {
    const title = t(how === 'skip' ? 'watch.skipN' : 'watch.cancelN', { n })
    if (await ask(title, { content: t(how === 'skip' ? 'workflows.skipText' : 'workflows.cancelText'), ok: t(how === 'skip' ? 'workflows.skip' : 'workflows.cancelRuns'), danger: true })) act.mutate({ how })
  }
  const editable = cause.kind === 'step' && step && !['branch', 'parallel', 'forEach', 'repeat', 'wait', 'waitFor', 'call', 'end'].includes(step.kind)
  const menu = [
    ...(editable ? [{ key: 'edit', label: t('watch.edit'), onClick: () => setDialog('edit') }] : []),
    ...(cause.kind === 'step' ? [{ key: 'skip', label: t('workflows.skip'), onClick: () => void askFirst('skip') }] : []),
    { key: 'give', label: t('watch.give'), onClick: () => setDialog('give') },
    { key: 'cancel', danger: true, label: t('workflows.cancelRuns'), onClick: () => void askFirst('cancel') },
  ]
  const name = label(sops.data?.items.find(one => one.key === cause.sop)?.name) || cause.sop
  const where = cause.step ? (step ? stepName(step, words) : cause.step) : null
  return (
    <section className="panel cause" aria-label={label(cause.message)}>
      <div className="cause-head">
        <div className="grow">
          <div className="cause-what"><span className="chip chip-red nums">{t('workflows.runsN', { n: cause.count })}</span><strong>{label(cause.message)}</strong></div>
          <p className="muted small" title={dateTime(cause.since)}>
            {[name, where, t(`workflows.class_${cause.class as 'data'}`), t('workflows.since', { at: ago(cause.since) })].filter(Boolean).join(' · ')}
          </p>
        </div>
        {can('run.manage') && (
          <span className="cause-acts">
            <Button type="primary" loading={act.isPending && dialog === null} onClick={() => act.mutate({ how: 'retry' })}>{chosen.length > 0 ? `${t('workflows.retry')} · ${chosen.length}` : t('workflows.retryAll')}</Button>
            <Dropdown trigger={['click']} menu={{ items: menu }}><Button icon={<EllipsisOutlined />} aria-label={t('watch.more')} disabled={act.isPending} /></Dropdown>
          </span>
        )}
      </div>
      <button type="button" className="cause-open" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <DownOutlined /> : <RightOutlined />} {open ? t('watch.hide') : t('watch.show', { n: cause.count })}
        {chosen.length > 0 && <span className="chip chip-blue">{t('watch.selected', { n: chosen.length })}</span>}
      </button>
      {open && <IncidentRows cause={cause} filter={filter} words={words} chosen={chosen} choose={choose} />}
      {dialog === 'edit' && step && words && <EditRetry step={step} words={words} n={n} busy={act.isPending} error={act.error} refused={refused} close={() => { setDialog(null); setRefused([]) }} retry={inputs => act.mutate({ how: 'retry', inputs })} />}
      {dialog === 'give' && <GiveDialog busy={act.isPending} error={act.error} close={() => setDialog(null)} give={owner => act.mutate({ how: 'give', owner })} />}
      {result && <MendResultDialog result={result} close={() => setResult(null)} />}
    </section>
  )
}
