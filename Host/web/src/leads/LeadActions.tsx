import { StopOutlined, SwapOutlined, UndoOutlined, UserAddOutlined, UserSwitchOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec } from '@/api/types'
import { ask, say } from '@/app/feedback'
import { useCan, useMe } from '@/app/me'
import type { PlugProps } from '@/records/plugs'
import { t } from '@/texts'

const AssignDialog = lazy(() => import('./AssignDialog'))
const ConvertDialog = lazy(() => import('./ConvertDialog'))
const InvalidDialog = lazy(() => import('./InvalidDialog'))

/** What one may do with a lead besides editing it, as its status and one's permissions allow. */
export default function LeadActions({ type, record }: PlugProps) {
  const client = useQueryClient()
  const can = useCan()
  const me = useMe()
  const [dialog, setDialog] = useState<'assign' | 'convert' | 'invalid' | null>(null)
  const open = !['converted', 'invalid'].includes(String(record.status))
  const mine = record.owner?.id === me.id
  const update = record.can?.update === true

  const act = useMutation({
    mutationFn: (path: 'claim' | 'release') => api.post<Rec>(`leads/${record.id}/${path}`),
    onSuccess: (saved, path) => {
      if (saved?.id) client.setQueryData(keys.record('lead', record.id), saved)
      say(path === 'claim' ? t('leads.claimed') : t('leads.released'))
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.type('lead') }),
  })
  const release = async () => {
    if (await ask(t('leads.releaseAsk'), { content: t('leads.releaseText'), ok: t('leads.release') })) act.mutate('release')
  }
  if (!open) return null
  const close = () => setDialog(null)
  return (
    <>
      {!record.owner && can('lead.claim') && (
        <Button type="primary" icon={<UserAddOutlined />} loading={act.isPending} onClick={() => act.mutate('claim')}>{t('leads.claim')}</Button>
      )}
      {record.owner && update && (
        <Button type="primary" icon={<SwapOutlined />} onClick={() => setDialog('convert')}>{t('leads.convert')}</Button>
      )}
      {can('lead.assign') && <Button icon={<UserSwitchOutlined />} onClick={() => setDialog('assign')}>{t('leads.assign')}</Button>}
      {record.owner && update && (mine || can('lead.assign')) && <Button icon={<UndoOutlined />} onClick={() => void release()}>{t('leads.release')}</Button>}
      {update && <Button icon={<StopOutlined />} onClick={() => setDialog('invalid')}>{t('leads.invalid')}</Button>}
      <Suspense>
        {dialog === 'assign' && <AssignDialog type={type} record={record} close={close} />}
        {dialog === 'convert' && <ConvertDialog type={type} record={record} close={close} />}
        {dialog === 'invalid' && <InvalidDialog type={type} record={record} close={close} />}
      </Suspense>
    </>
  )
}

