// @vitest-environment jsdom
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadLocale } from '@/texts'
import { ago, due, money, setCurrency, shortMoney } from './format'

const now = new Date(2026, 10, 22, 10, 0)
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString()

describe('in Chinese', () => {
  beforeAll(() => loadLocale('zh'))
  it('shows money without needless decimals', () => {
    expect(money(1280000)).toBe('¥1,280,000')
    expect(money(99.5)).toBe('¥99.50')
    expect(money(20, 'USD')).toBe('USD 20')
  })
  it('shortens large amounts by 万 and 亿, to three digits', () => {
    expect(shortMoney(1_285_000)).toBe('¥129万')
    expect(shortMoney(250_000_000)).toBe('¥2.5亿')
    expect(shortMoney(980)).toBe('¥980')
  })
  it('says when something is due', () => {
    expect(due(at(22, 10, 40), now)).toBe('40 分钟后')
    expect(due(at(22, 18), now)).toBe('今天 18:00')
    expect(due(at(23, 9), now)).toBe('明天 09:00')
    expect(due(at(22, 7), now)).toBe('逾期 3 小时')
    expect(due(at(19, 7), now)).toBe('逾期 3 天')
  })
  it('says when something happened', () => {
    expect(ago(at(22, 9, 59), now)).toBe('1 分钟前')
    expect(ago(at(21, 8, 5), now)).toBe('昨天 08:05')
    expect(ago(at(3, 8), now)).toBe('11月3日')
  })
})

describe('in English', () => {
  beforeAll(() => loadLocale('en'))
  it('shortens large amounts by K and M', () => {
    expect(shortMoney(1_300_000)).toBe('¥1.3M')
    expect(shortMoney(45_000)).toBe('¥45K')
  })
})

describe('in a company of another currency', () => {
  beforeAll(() => loadLocale('en'))
  afterEach(() => setCurrency('CNY'))
  it('amounts without one of their own are in the company\'s', () => {
    setCurrency('EUR')
    expect(money(20)).toBe('EUR 20')
    expect(shortMoney(1_300_000)).toBe('EUR 1.3M')
    expect(money(20, 'CNY')).toBe('¥20')
  })
})
