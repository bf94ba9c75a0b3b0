import { AuditOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec } from '@/api/types'
import { ask, say } from '@/app/feedback'
import { t } from '@/texts'
import type { Approval } from '@/work/types'

/** While a quote is being decided: the way to the decision, and for who asked for it the way out. */
export function PendingApproval({ quote }: { quote: Rec }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const params = { record: quote.id, state: 'open', mine: false, limit: 5 }
  const approvals = useQuery({ queryKey: keys.approvals(params), queryFn: () => api.get<Page<Approval>>('approvals', params) })
  const withdraw = useMutation({
    mutationFn: (id: string) => api.post(`approvals/${id}/withdraw`, {}, { idempotencyKey: newKey() }),
    onSuccess: () => say(t('work.done_withdraw')),
    onSettled: () => {
      for (const queryKey of [keys.approvals(), keys.type('quote')]) void client.invalidateQueries({ queryKey })
    },
  })
  const approval = approvals.data?.items[0]
  if (!approval) return null
  const askWithdraw = async () => {
    if (await ask(t('sales.withdrawAsk'), { content: t('sales.withdrawText'), ok: t('work.withdraw'), danger: true })) withdraw.mutate(approval.id)
  }
  return (
    <>
      <Button icon={<AuditOutlined />} onClick={() => void navigate(`/approvals/${approval.id}`)}>{t('sales.seeApproval')}</Button>
      {approval.can.withdraw && <Button danger loading={withdraw.isPending} onClick={() => void askWithdraw()}>{t('work.withdraw')}</Button>}
    </>
  )
}
