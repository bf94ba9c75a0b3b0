import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec } from '@/api/types'
import { t } from '@/texts'
import type { Approval } from '@/work/types'

/** Over a quote that came back: who sent it back and the word they gave, as whoever reworks it needs it at hand. */
export function DecidedWhy({ quote }: { quote: Rec }) {
  const params = { record: quote.id, state: 'decided', limit: 1 }
  const { data } = useQuery({ queryKey: keys.approvals(params), queryFn: () => api.get<Page<Approval>>('approvals', params) })
  const approval = data?.items[0]
  const seat = approval?.stages.flatMap(stage => stage.seats).findLast(one => ['returned', 'rejected'].includes(one.state) && one.comment)
  if (!approval || !seat) return null
  return <> · <Link to={`/approvals/${approval.id}`}>{t('sales.said', { name: seat.approver.name, comment: seat.comment! })}</Link></>
}
