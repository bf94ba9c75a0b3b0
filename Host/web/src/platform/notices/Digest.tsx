import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Select, Switch } from 'antd'
import { api } from '@/api/client'
import { say } from '@/app/feedback'
import { t } from '@/texts'

type Choice = { hour: number | null; mailOn: boolean }
const key = ['notices', 'digest']
const usual = 8

/** The day's work by mail, on working days at a chosen hour. */
export function Digest() {
  const client = useQueryClient()
  const digest = useQuery({ queryKey: key, queryFn: () => api.get<Choice>('notifications/digest') })
  const set = useMutation({
    mutationFn: (hour: number | null) => api.put<Choice>('notifications/digest', { hour }),
    onSuccess: next => {
      client.setQueryData(key, next)
      say(t('app.saved'))
    },
  })
  if (!digest.data) return null
  const { hour, mailOn } = digest.data
  return (
    <section className="panel panel-pad admin-narrow notice-block">
      <div className="notice-line">
        <div className="grow">
          <h2 className="panel-title">{t('platform.digest')}</h2>
          <p className="muted">{t(mailOn ? 'platform.digestText' : 'platform.mailOff')}</p>
        </div>
        <Switch checked={hour !== null} loading={set.isPending} onChange={on => set.mutate(on ? usual : null)} aria-label={t('platform.digest')} />
      </div>
      {hour !== null && (
        <label className="notice-hour">
          {t('platform.digestAt')}
          <Select value={hour} onChange={next => set.mutate(next)} aria-label={t('platform.digestAt')} options={Array.from({ length: 24 }, (_, h) => ({ value: h, label: `${String(h).padStart(2, '0')}:00` }))} />
        </label>
      )}
    </section>
  )
}
