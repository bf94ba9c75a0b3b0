import { Input, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { t } from '@/texts'
import { TimeInput } from '@/ui/dates'
import { readCron, writeCron, type Every, type Schedule } from '../../words/cron'

const everies: Every[] = ['day', 'workday', 'week', 'month', 'other']

/** When something is done again and again: every day, week or month at a time; else the schedule as it is written. */
export function CronInput({ name, value, onChange }: { name: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  const [typed, setTyped] = useState(false)
  const now = readCron(value)
  const every = typed ? 'other' : now.every
  const days = every === 'week' ? [1, 2, 3, 4, 5, 6, 0].map(day => ({ value: day, label: t(`designer.weekday${day as 0}`) })) : Array.from({ length: 28 }, (_, i) => ({ value: i + 1, label: t('designer.dayN', { n: i + 1 }) }))
  const set = (part: Partial<Schedule>) => onChange(writeCron({ ...now, ...part }))
  return (
    <div className="design-stack">
      <Space.Compact block>
        <Select
          aria-label={name}
          popupMatchSelectWidth={false}
          value={every}
          onChange={next => { setTyped(next === 'other'); if (next !== 'other') set({ every: next, day: 1 }) }}
          options={everies.map(one => ({ value: one, label: t(`designer.every_${one}`) }))}
        />
        {(every === 'week' || every === 'month') && <Select aria-label={t('designer.onDay')} value={now.day} onChange={day => set({ every, day })} options={days} />}
        {every !== 'other' && <TimeInput aria-label={t('designer.atTime')} format="HH:mm" minuteStep={5} allowClear={false} value={dayjs(`2000-01-01 ${now.time}`)} onChange={at => at && set({ every, time: at.format('HH:mm') })} />}
      </Space.Compact>
      {every === 'other' && <Input aria-label={name} placeholder="0 9 * * 1-5" value={value ?? ''} onChange={event => onChange(event.target.value || undefined)} />}
    </div>
  )
}
