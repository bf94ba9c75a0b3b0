import { MailOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Page } from '@/api/types'
import { say } from '@/app/feedback'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { RowsSkeleton } from '@/ui/Skeletons'
import { ago, dateTime } from '@/ui/format'
import { AdminSection } from '../AdminSection'

type State = 'waiting' | 'sent' | 'failed'
type Mail = { id: string; to: string; subject: string; state: State; attempts: number; error: string | null; createdAt: string; sentAt: string | null; nextAt: string | null }

/** Every mail there was, and what became of it. */
export function OutboxPage() {
  const client = useQueryClient()
  const [state, setState] = useState<State>('failed')
  const list = useInfiniteQuery({
    queryKey: ['outbox', state],
    queryFn: ({ pageParam }) => api.get<Page<Mail>>('outbox', { state, after: pageParam, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const retry = useMutation({
    mutationFn: (mail: Mail) => api.post(`outbox/${mail.id}/retry`),
    onSuccess: () => {
      say(t('platform.mailAgain'))
      return client.invalidateQueries({ queryKey: ['outbox'] })
    },
  })
  const mails = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <AdminSection title={t('platform.outbox')}>
      <div className="admin-bar">
        <Segmented value={state} onChange={setState} options={(['failed', 'waiting', 'sent'] as const).map(one => ({ value: one, label: t(`platform.mail_${one}`) }))} />
      </div>
      {list.isPending ? <RowsSkeleton rows={5} /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : mails.length === 0 ? (
        <Blank icon={<MailOutlined />} title={t(`platform.noMail_${state}`)} text={t('platform.noMailText')} />
      ) : (
        <>
          <ul className="plain panel admin-list">
            {mails.map(mail => (
              <li key={mail.id} className="admin-row">
                <div className="grow">
                  <div className="admin-name ellipsis">{mail.subject}</div>
                  <div className="muted small ellipsis">{mail.to}{mail.attempts > 0 && ` · ${t('platform.mailTries', { n: mail.attempts })}`}{mail.nextAt && ` · ${t('platform.mailNext', { at: dateTime(mail.nextAt) })}`}</div>
                  {mail.error && <div className="mail-error small">{mail.error}</div>}
                </div>
                <time className="muted small nums" dateTime={mail.createdAt} title={dateTime(mail.createdAt)}>{ago(mail.sentAt ?? mail.createdAt)}</time>
                {mail.state !== 'sent' && <Button loading={retry.isPending && retry.variables?.id === mail.id} onClick={() => retry.mutate(mail)}>{t('platform.sendAgain')}</Button>}
              </li>
            ))}
          </ul>
          <LoadMore of={list} />
        </>
      )}
    </AdminSection>
  )
}
