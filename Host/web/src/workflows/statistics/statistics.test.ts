// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { loadLocale } from '@/texts'
import { runsBehind, sliceOf, tookWords, type Statistics } from './statistics'

describe('figures', () => {
  it('lead to the runs behind them with the same conditions', () => {
    const slice = sliceOf(new URLSearchParams('tab=figures&from=2026-03-01&to=2026-03-07&unit=u1'))
    const figures = { from: '2026-03-01', to: '2026-03-07' } as Statistics
    expect(runsBehind('calls', slice, { state: 'done' }, figures)).toBe('/runs?sop=calls&from=2026-03-01&to=2026-03-07&unit=u1&state=done')
  })

  it('about now lead to runs of any time', () => {
    expect(runsBehind('calls', { from: '2026-03-01', to: '2026-03-07' }, { at: 'call' })).toBe('/runs?sop=calls&at=call')
  })

  it('say times in the largest unit that fits', async () => {
    await loadLocale('en')
    expect([40, 90, 5400, 200_000].map(tookWords)).toEqual(['40 s', '2 min', '1.5 h', '2.3 days'])
  })
})
