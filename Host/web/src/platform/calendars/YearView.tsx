import dayjs from 'dayjs'
import { label, locale, t } from '@/texts'
import { dayKind, type HolidayYear } from './holidays'

const month = (year: number, m: number) => {
  const first = dayjs(new Date(year, m, 1))
  const days = Array.from({ length: first.daysInMonth() }, (_, i) => first.add(i, 'day'))
  return { first, days, before: (first.day() + 6) % 7 }
}

/** Twelve months at once; weeks begin on Monday. */
export function YearView({ year, turn }: { year: HolidayYear; turn: (day: string) => void }) {
  const initials = locale() === 'zh' ? [...'一二三四五六日'] : [...'MTWTFSS']
  return (
    <div className="months">
      {Array.from({ length: 12 }, (_, m) => {
        const { first, days, before } = month(year.year, m)
        return (
          <section key={m} className="panel month" aria-label={first.format('YYYY-MM')}>
            <h3>{first.format(locale() === 'zh' ? 'M月' : 'MMMM')}</h3>
            <div className="month-days">
              {initials.map((initial, i) => <span key={i} className="weekday" aria-hidden>{initial}</span>)}
              {days.map((day, i) => {
                const text = day.format('YYYY-MM-DD')
                const kind = dayKind(year, text)
                const weekend = day.day() === 0 || day.day() === 6
                const name = kind.kind === 'usual' ? (weekend ? t('platform.weekend') : t('platform.workday')) : `${label(kind.holiday.name)} · ${t(`platform.day_${kind.kind}`)}`
                return (
                  <button
                    key={text}
                    type="button"
                    className={`day day-${kind.kind === 'usual' ? (weekend ? 'weekend' : 'work') : kind.kind}`}
                    style={i === 0 ? { gridColumnStart: before + 1 } : undefined}
                    title={name}
                    aria-label={`${day.date()} · ${text} ${name}`}
                    onClick={() => turn(text)}
                  >
                    {day.date()}
                  </button>
                )
              })}
            </div>
          </section>
        )
      })}
    </div>
  )
}
