import dayjs from 'dayjs'
import { locale, t } from '@/texts'

const intl = () => (locale() === 'en' ? 'en-GB' : 'zh-CN')

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format costs more than a thousand uses of it. */
function format(least: number, most: number): Intl.NumberFormat {
  const key = `${intl()} ${least} ${most}`
  const known = formats.get(key) ?? new Intl.NumberFormat(intl(), { minimumFractionDigits: least, maximumFractionDigits: most })
  formats.set(key, known)
  return known
}

export const number = (value: number, digits = 2) => format(0, digits).format(value)

let home = 'CNY'

/** The company's currency: that of amounts which carry none. */
export function setCurrency(code: string) {
  home = code
}

const sign = (currency: string) => (currency === 'CNY' ? '¥' : `${currency} `)

/** Money as people read it: the sign for yuan, the code for other currencies, no needless decimals. */
export const money = (value: number, currency = home) => sign(currency) + format(Number.isInteger(value) ? 0 : 2, 2).format(value)

/** A large amount in few characters: 128.5万, ¥1.3M. */
export function shortMoney(value: number) {
  if (Math.abs(value) < 10_000) return money(Math.round(value))
  const short = (n: number) => number(n, n >= 100 ? 0 : 1)
  if (locale() === 'zh') return sign(home) + (Math.abs(value) >= 1e8 ? `${short(value / 1e8)}亿` : `${short(value / 1e4)}万`)
  return sign(home) + (Math.abs(value) >= 1e6 ? `${short(value / 1e6)}M` : `${short(value / 1e3)}K`)
}

export const percent = (value: number, digits = 1) => `${number(value, digits)}%`

export const date = (value: string) => dayjs(value).format(locale() === 'en' ? 'D MMM YYYY' : 'YYYY-MM-DD')

/** A day in few characters: without the year where it is this one. */
export const shortDate = (value: string, now: Date = new Date()) => shortDay(dayjs(value), dayjs(now))

export const dateTime = (value: string) => dayjs(value).format(locale() === 'en' ? 'D MMM YYYY HH:mm' : 'YYYY-MM-DD HH:mm')

const shortDay = (value: dayjs.Dayjs, now: dayjs.Dayjs) =>
  value.format(locale() === 'en' ? (value.isSame(now, 'year') ? 'D MMM' : 'D MMM YYYY') : value.isSame(now, 'year') ? 'M月D日' : 'YYYY年M月D日')

/** When something happened, short: just now, minutes, today's time, the day. */
export function ago(value: string, now: Date = new Date()) {
  const then = dayjs(value)
  const current = dayjs(now)
  const minutes = current.diff(then, 'minute')
  if (minutes < 1) return t('app.justNow')
  if (minutes < 60) return t('app.minutesAgo', { n: minutes })
  if (then.isSame(current, 'day')) return then.format('HH:mm')
  if (then.isSame(current.subtract(1, 'day'), 'day')) return t('app.yesterdayAt', { time: then.format('HH:mm') })
  return shortDay(then, current)
}

/** When something is due, seen from now. */
export function due(value: string, now: Date = new Date()) {
  const then = dayjs(value)
  const current = dayjs(now)
  const minutes = then.diff(current, 'minute')
  const late = minutes < 0
  const size = Math.abs(minutes)
  if (size < 60) return t(late ? 'app.lateMinutes' : 'app.inMinutes', { n: Math.max(size, 1) })
  if (late && size < 24 * 60) return t('app.lateHours', { n: Math.floor(size / 60) })
  if (late) return t('app.lateDays', { n: Math.floor(size / 1440) })
  if (then.isSame(current, 'day')) return t('app.todayAt', { time: then.format('HH:mm') })
  if (then.isSame(current.add(1, 'day'), 'day')) return t('app.tomorrowAt', { time: then.format('HH:mm') })
  return shortDay(then, current) + (then.hour() || then.minute() ? ' ' + then.format('HH:mm') : '')
}
