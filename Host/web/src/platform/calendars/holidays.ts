import type { Label } from '@/api/types'

export type Holiday = { name: Label; days: string[]; makeUp: string[] }
export type HolidayYear = { year: number; announced: boolean; source?: Label | null; holidays: Holiday[] }

/** What a day is in a year's holidays: off, worked for another day, or as its weekday. */
export type DayKind = { kind: 'off' | 'makeUp'; holiday: Holiday } | { kind: 'usual' }

export function dayKind({ holidays }: HolidayYear, day: string): DayKind {
  for (const holiday of holidays) {
    if (holiday.days.includes(day)) return { kind: 'off', holiday }
    if (holiday.makeUp.includes(day)) return { kind: 'makeUp', holiday }
  }
  return { kind: 'usual' }
}

/** Turns a day on to the next kind: usual, off, make-up, usual. What has no holiday of its own yet joins `name`. */
export function turnDay(year: HolidayYear, day: string, name: Label): HolidayYear {
  const now = dayKind(year, day)
  const without = year.holidays.map(one => ({ ...one, days: one.days.filter(d => d !== day), makeUp: one.makeUp.filter(d => d !== day) }))
  const tidy = (holidays: Holiday[]) => holidays.filter(one => one.days.length + one.makeUp.length > 0)
  if (now.kind === 'makeUp') return { ...year, holidays: tidy(without) }
  if (now.kind === 'off') return { ...year, holidays: tidy(without.map((one, i) => (year.holidays[i] === now.holiday ? { ...one, makeUp: [...one.makeUp, day].sort() } : one))) }
  const home = without.findIndex(one => one.name.zh === name.zh && one.name.en === name.en)
  const next = home < 0 ? [...without, { name, days: [day], makeUp: [] }] : without.map((one, i) => (i === home ? { ...one, days: [...one.days, day].sort() } : one))
  return { ...year, holidays: tidy(next) }
}
