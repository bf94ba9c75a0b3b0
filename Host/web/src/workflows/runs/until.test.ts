// @vitest-environment jsdom
import { beforeAll, expect, it } from 'vitest'
import { loadLocale } from '@/texts'
import { dateTime } from '@/ui/format'
import { pastUntil } from './runs'

const until = '2026-11-03T01:00:00Z'
beforeAll(() => loadLocale('zh'))

it('a wait that is over is not late for ever, and tells its date once', () => expect(pastUntil(until, '2026-11-03 09:00')).toBe(`直到 ${dateTime(until)}`))
it('a wait tells why it is until then', () => expect(pastUntil(until, '2 个工作日')).toBe(`直到 ${dateTime(until)} · 2 个工作日`))
