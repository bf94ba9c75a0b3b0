import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Popconfirm, Typography } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { report } from '@/app/feedback'
import { t } from '@/texts'
import { ago } from '@/ui/format'

type Hook = { createdAt: string | null; url?: string }

/** The secret address that starts the SOP from outside. It is told once; a new one ends the old. */
export function WebhookAddress({ sop }: { sop: string }) {
  const hook = useQuery({ queryKey: keys.sops(sop, 'hook'), queryFn: () => api.get<Hook>(`sops/${sop}/hook`) })
  const renew = useMutation({ mutationFn: () => api.post<Hook>(`sops/${sop}/hook`), onSuccess: () => hook.refetch(), onError: report })
  const make = <Button loading={renew.isPending} onClick={hook.data?.createdAt ? undefined : () => renew.mutate()}>{t(hook.data?.createdAt ? 'designer.hookRenew' : 'designer.hookMake')}</Button>
  return (
    <div className="design-field">
      <div className="design-label">{t('designer.hookAddress')}</div>
      {renew.data?.url && <Typography.Paragraph copyable code style={{ wordBreak: 'break-all' }}>{renew.data.url}</Typography.Paragraph>}
      <div className="design-row">
        {hook.data?.createdAt ? <Popconfirm title={t('designer.hookRenewAsk')} onConfirm={() => renew.mutate()}>{make}</Popconfirm> : make}
        <span className="muted small">{renew.data?.url ? t('designer.hookOnce') : hook.data?.createdAt ? t('designer.hookSince', { at: ago(hook.data.createdAt) }) : t('designer.hookNone')}</span>
      </div>
    </div>
  )
}
