import { t, type TextKey } from '@/texts'

export type Every = 'day' | 'workday' | 'week' | 'month' | 'other'
export type Schedule = { every: Every; time: string; day: number }

/** A schedule of five cron fields in words, where it is one that people say. */
export function readCron(cron: string | undefined): Schedule {
  const [minute = '0', hour = '9', day = '*', month = '*', weekday = '*'] = (cron ?? '').trim().split(/\s+/).filter(Boolean)
  const other: Schedule = { every: 'other', time: '09:00', day: 1 }
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour) || month !== '*') return other
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (day === '*' && weekday === '*') return { every: 'day', time, day: 1 }
  if (day === '*' && weekday === '1-5') return { every: 'workday', time, day: 1 }
  if (day === '*' && /^[0-7]$/.test(weekday)) return { every: 'week', time, day: Number(weekday) % 7 }
  return weekday === '*' && /^\d+$/.test(day) ? { every: 'month', time, day: Number(day) } : other
}

export function writeCron({ every, time, day }: Schedule): string {
  const [hour, minute] = time.split(':').map(Number)
  return `${minute} ${hour} ${every === 'month' ? day : '*'} * ${every === 'workday' ? '1-5' : every === 'week' ? day : '*'}`
}

export function cronWords(cron: string | undefined): string {
  if (!cron) return t('workflows.empty')
  const { every, time, day } = readCron(cron)
  return t(`workflows.cron_${every}`, { time, cron, day: every === 'week' ? t(`designer.weekday${day}` as TextKey) : day })
}
