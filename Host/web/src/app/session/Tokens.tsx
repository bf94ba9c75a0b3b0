import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Page } from '@/api/types'
import { ask } from '@/app/feedback'
import { t } from '@/texts'
import { LinesSkeleton } from '@/ui/Skeletons'
import { dateTime } from '@/ui/format'

type Token = { id: string; name: string; createdAt: string; lastUsedAt: string | null }

/** Personal API tokens: for programs that act as this person. The secret is shown once. */
export function Tokens() {
  const client = useQueryClient()
  const [secret, setSecret] = useState<string | null>(null)
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => api.get<Page<Token>>('auth/tokens') })
  const refresh = () => client.invalidateQueries({ queryKey: ['tokens'] })
  const create = useMutation({
    mutationFn: (values: { name: string }) => api.post<{ token: string }>('auth/tokens', values),
    onSuccess: made => {
      setSecret(made.token)
      void refresh()
    },
  })
  const revoke = async (token: Token) => {
    if (!(await ask(t('app.tokenRevokeAsk', { name: token.name }), { ok: t('app.tokenRevoke'), danger: true }))) return
    await api.delete(`auth/tokens/${token.id}`)
    await refresh()
  }
  return (
    <>
      <p className="muted">{t('app.tokensText')}</p>
      <Form layout="inline" onFinish={(values: { name: string }) => create.mutate(values)} style={{ marginBottom: 16 }}>
        <Form.Item name="name" rules={[{ required: true, message: t('app.nameNeeded') }]} style={{ flex: 1 }}>
          <Input placeholder={t('app.tokenName')} aria-label={t('app.tokenName')} maxLength={100} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={create.isPending}>{t('app.tokenCreate')}</Button>
      </Form>
      {secret && (
        <div className="form-note" role="status">
          {t('app.tokenOnce')}
          <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>{secret}</Typography.Text>
        </div>
      )}
      {tokens.isPending && <LinesSkeleton />}
      <ul className="plain">
        {tokens.data?.items.map(token => (
          <li key={token.id} className="row-line">
            <div className="grow">
              <div>{token.name}</div>
              <div className="muted small">
                {token.lastUsedAt ? t('app.tokenUsed', { at: dateTime(token.lastUsedAt) }) : t('app.tokenUnused')}
              </div>
            </div>
            <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('app.tokenRevoke')} onClick={() => void revoke(token)} />
          </li>
        ))}
      </ul>
    </>
  )
}
