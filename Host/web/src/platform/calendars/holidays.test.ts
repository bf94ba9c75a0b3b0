import { expect, it } from 'vitest'
import { dayKind, turnDay, type HolidayYear } from './holidays'

const name = { zh: '春节', en: 'Spring Festival' }
const own = { zh: '公司', en: 'Company' }
const year: HolidayYear = { year: 2026, announced: true, holidays: [{ name, days: ['2026-02-17'], makeUp: ['2026-02-28'] }] }

it('tells holidays, make-up days and usual days apart', () =>
  expect(['2026-02-17', '2026-02-28', '2026-03-02'].map(day => dayKind(year, day).kind)).toEqual(['off', 'makeUp', 'usual']))
it('makes a usual day one off under the name given', () => expect(turnDay(year, '2026-03-02', own).holidays[1]).toEqual({ name: own, days: ['2026-03-02'], makeUp: [] }))
it('puts a day off to the other days of its name', () => expect(turnDay(year, '2026-02-16', name).holidays[0]!.days).toEqual(['2026-02-16', '2026-02-17']))
it('turns a day off into one that is worked, of the same holiday', () => expect(turnDay(year, '2026-02-17', own).holidays[0]).toEqual({ name, days: [], makeUp: ['2026-02-17', '2026-02-28'] }))
it('turns a make-up day back into a usual one, and drops a holiday without days', () =>
  expect(turnDay({ ...year, holidays: [{ name, days: [], makeUp: ['2026-02-28'] }] }, '2026-02-28', own).holidays).toEqual([]))
