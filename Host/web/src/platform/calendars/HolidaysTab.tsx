import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { ask, say } from '@/app/feedback'
import { label, locale, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { RowsSkeleton } from '@/ui/Skeletons'
import { holidaysQuery } from './calendars'
import { turnDay, type HolidayYear } from './holidays'
import { YearView } from './YearView'
import './calendars.css'

/** A year's holidays and make-up days; a click turns a day. */
export function HolidaysTab() {
  const client = useQueryClient()
  const [year, setYear] = useState(() => new Date().getFullYear())
  const [draft, setDraft] = useState<HolidayYear | null>(null)
  const [name, setName] = useState({ zh: '公司假期', en: 'Company holiday' })
  const query = useQuery(holidaysQuery(year))
  const shown = draft ?? query.data
  const done = async () => {
    setDraft(null)
    say(t('app.saved'))
    await client.invalidateQueries({ queryKey: ['calendars'] })
  }
  const save = useMutation({ mutationFn: ({ announced, holidays }: HolidayYear) => api.put(`calendars/holidays/${year}`, { announced, holidays }), onSuccess: done })
  const reset = useMutation({ mutationFn: () => api.delete(`calendars/holidays/${year}`), onSuccess: done })
  const go = async (to: number) => {
    if (draft && !(await ask(t('platform.dropChanges'), { ok: t('platform.drop'), danger: true }))) return
    setDraft(null)
    setYear(to)
  }
  const askReset = async () => {
    if (await ask(t('platform.resetYearAsk', { year }), { ok: t('platform.resetYear'), danger: true })) reset.mutate()
  }
  if (query.isError) return <Failure error={query.error} again={() => void query.refetch()} />
  return (
    <>
      <div className="admin-bar year-bar">
        <Button icon={<LeftOutlined />} aria-label={t('platform.yearBefore')} onClick={() => void go(year - 1)} />
        <strong className="year nums">{year}</strong>
        <Button icon={<RightOutlined />} aria-label={t('platform.yearAfter')} onClick={() => void go(year + 1)} />
        <span className="grow" />
        {draft ? (
          <>
            <Button onClick={() => setDraft(null)}>{t('app.cancel')}</Button>
            <Button type="primary" loading={save.isPending} onClick={() => save.mutate(draft)}>{t('app.save')}</Button>
          </>
        ) : <Button onClick={() => void askReset()} loading={reset.isPending}>{t('platform.resetYear')}</Button>}
      </div>
      {!shown ? <RowsSkeleton /> : (
        <>
          <div className="year-note">
            <span className="muted">{t('platform.turnDays')}</span>
            <label className="year-days">{t('platform.newDaysName')}<Input size="small" value={name[locale()]} onChange={e => setName({ ...name, [locale()]: e.target.value })} maxLength={40} style={{ width: 160 }} /></label>
            <Checkbox checked={shown.announced} onChange={e => setDraft({ ...shown, announced: e.target.checked })}>{t('platform.announced')}</Checkbox>
          </div>
          {!shown.announced && <p className="form-note">{t('platform.notAnnounced')}</p>}
          <YearView year={shown} turn={day => setDraft(turnDay(shown, day, { zh: name.zh || name.en || '公司假期', en: name.en || name.zh || 'Company holiday' }))} />
          <ul className="plain holiday-list">
            {shown.holidays.map((holiday, i) => (
              <li key={i}><strong>{label(holiday.name)}</strong> <span className="muted">{t('platform.daysOff', { n: holiday.days.length })}{holiday.makeUp.length > 0 && ` · ${t('platform.daysMakeUp', { n: holiday.makeUp.length })}`}</span></li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
