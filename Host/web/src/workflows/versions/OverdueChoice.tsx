import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page } from '@/api/types'
import { t } from '@/texts'
import { number } from '@/ui/format'

type Props = { sopKey: string; sound: boolean; start: boolean; choose: (start: boolean) => void }

/** Whether publishing also starts runs for the records whose date or silence was due before; asked only where there are some. `sound`: the draft can be published. */
export function OverdueChoice({ sopKey, sound, start, choose }: Props) {
  const overdue = useQuery({
    queryKey: keys.sops('overdue', sopKey),
    queryFn: () => api.get<Page<{ trigger: number; records: number; more: boolean }>>(`sops/${sopKey}/overdue`),
    enabled: sound,
    staleTime: 0,
    gcTime: 0,
  })
  const items = overdue.data?.items ?? []
  const n = items.reduce((sum, item) => sum + item.records, 0)
  const more = items.some(item => item.more)
  if (n === 0 && !more) return null
  return (
    <Checkbox checked={start} onChange={event => choose(event.target.checked)} className="overdue-choice">
      {t(more ? 'versions.overdueMore' : 'versions.overdue', { n: number(n) })}
      <span className="muted small change-sentence">{t('versions.overdueText')}</span>
    </Checkbox>
  )
}
