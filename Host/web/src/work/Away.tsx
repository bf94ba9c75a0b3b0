import { CoffeeOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ask } from '@/app/feedback'
import { useMe } from '@/app/me'
import { absencesKey, type Absence } from '@/platform/absences/absences'
import type { Page } from '@/api/types'
import { t } from '@/texts'
import { dateTime } from '@/ui/format'
import { useNow } from './useNow'

/** One's own absence, present or next, with its end one tap away. */
export function Away() {
  const me = useMe()
  const now = useNow()
  const client = useQueryClient()
  const own = useQuery({ queryKey: [...absencesKey, 'mine', me.id], queryFn: () => api.get<Page<Absence>>('absences', { user: me.id, limit: 10 }) })
  const end = useMutation({
    mutationFn: (id: string) => api.delete(`absences/${id}`),
    onSettled: () => {
      for (const queryKey of [absencesKey, keys.tasks(), keys.approvals(), keys.numbers]) void client.invalidateQueries({ queryKey })
    },
  })
  const next = [...(own.data?.items ?? [])].filter(a => a.user.id === me.id && Date.parse(a.to) > now.getTime()).sort((a, b) => Date.parse(a.from) - Date.parse(b.from))[0]
  if (!next) return null
  const begun = Date.parse(next.from) <= now.getTime()
  const askEnd = async () => {
    if (await ask(t(begun ? 'platform.endAbsenceAsk' : 'platform.dropAbsenceAsk', { name: me.name }), { ok: t(begun ? 'work.amBack' : 'app.delete'), danger: !begun })) end.mutate(next.id)
  }
  return (
    <div className="work-away" role="status">
      <CoffeeOutlined aria-hidden />
      <span className="grow">
        {t(begun ? 'work.awayNow' : 'work.awaySoon', { from: dateTime(next.from), to: dateTime(next.to) })}
        {' '}{next.substitute ? t('work.awayTo', { name: next.substitute.name }) : t('platform.nobodyStandsIn')}
      </span>
      <Button size="small" loading={end.isPending} onClick={() => void askEnd()}>{t(begun ? 'work.amBack' : 'platform.endAbsence')}</Button>
    </div>
  )
}
