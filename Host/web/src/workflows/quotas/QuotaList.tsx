import { DashboardOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ask, say } from '@/app/feedback'
import { useCan } from '@/app/me'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { RowsSkeleton } from '@/ui/Skeletons'
import { dateTime, number } from '@/ui/format'
import type { SopDetail } from '../sops/sops'
import { QuotaDialog } from './QuotaDialog'
import './quotas.css'
import { quotasQuery, type Quota } from './quotas'

/** How many runs may start in a time; more wait, none is lost. */
export function QuotaList({ sop }: { sop: SopDetail }) {
  const can = useCan()
  const [editing, edit] = useState<Quota | 'new' | null>(null)
  const quotas = useQuery(quotasQuery(sop.key))
  if (quotas.isPending) return <RowsSkeleton rows={3} />
  if (quotas.isError) return <Failure error={quotas.error} again={() => void quotas.refetch()} />
  const { items } = quotas.data
  const add = can('sop.manage') && <Button type={items.length > 0 ? 'default' : 'primary'} icon={<PlusOutlined />} onClick={() => edit('new')}>{t('watch.add')}</Button>
  return (
    <div className="quotas">
      {items.length === 0
        ? <Blank icon={<DashboardOutlined />} title={t('watch.noQuotas')} text={t('watch.noQuotasText')}>{add}</Blank>
        : <>
            <div className="quotas-head"><p className="muted">{t('watch.noQuotasText')}</p>{add}</div>
            <ul className="plain panel">{items.map(quota => <Row key={quota.id} quota={quota} edit={can('sop.manage') ? () => edit(quota) : undefined} />)}</ul>
          </>}
      {editing && <QuotaDialog sop={sop} quota={editing === 'new' ? null : editing} close={() => edit(null)} />}
    </div>
  )
}

function Row({ quota, edit }: { quota: Quota; edit?: () => void }) {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.delete(`quotas/${quota.id}`),
    onSuccess: () => {
      say(t('app.saved'))
      return client.invalidateQueries({ queryKey: keys.quotas() })
    },
  })
  const askFirst = async () => {
    if (await ask(t('watch.removeAsk'), { content: t('watch.removeText'), ok: t('watch.remove'), danger: true })) remove.mutate()
  }
  return (
    <li className="quota">
      <div className="grow">
        <strong className="nums">{t(`watch.perText_${quota.per}`, { n: number(quota.most) })}</strong>
        <div className="muted small">{quota.sop ? label(quota.sop.name) : t('watch.allSops')} · {quota.unit ? `${quota.unit.name} (${t('watch.unitBelow')})` : t('watch.whole')}</div>
      </div>
      <div className="quota-use">
        <Progress percent={Math.min(100, (quota.used / quota.most) * 100)} showInfo={false} size="small" status={quota.used >= quota.most ? 'exception' : 'normal'} aria-label={t('watch.used')} />
        <span className="muted small nums">{t('watch.used')} {number(quota.used)} / {number(quota.most)}</span>
      </div>
      <div className="quota-held small">
        {quota.waiting > 0 && <><span className="chip chip-gold nums">{t('watch.waitingN', { n: quota.waiting >= 1000 ? '1000+' : quota.waiting })}</span>{quota.until && <span className="muted">{t('watch.lastBegins', { at: dateTime(quota.until) })}</span>}</>}
      </div>
      {edit && <span className="quota-acts"><Button type="text" onClick={edit}>{t('app.edit')}</Button><Button type="text" danger loading={remove.isPending} onClick={() => void askFirst()}>{t('watch.remove')}</Button></span>}
    </li>
  )
}
