import { expect, it } from 'vitest'
import type { TimelineEntry } from '@/api/types'
import { groupEntries } from './grouping'

const entry = (minute: number, changes: TimelineEntry['changes'], more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  id: String(minute), at: new Date(2026, 10, 22, 10, minute).toISOString(), kind: 'updated', actor: { id: 'u', name: 'U' }, source: 'user',
  recordType: 'lead', recordId: 'r', recordName: 'R', changes, note: null, ...more,
})
const change = (field: string, old: unknown, now: unknown) => ({ field, old, new: now })

it('joins what one person changed in short order, from the first value to the last', () => {
  const groups = groupEntries([entry(4, [change('score', 2, 3)]), entry(2, [change('score', 1, 2), change('need', null, 'x')])])
  expect(groups).toHaveLength(1)
  expect(groups[0]!.changes).toEqual([change('score', 1, 3), change('need', null, 'x')])
})

it('says nothing about changes that were undone', () =>
  expect(groupEntries([entry(4, [change('score', 2, 1)]), entry(3, [change('score', 1, 2)])])).toEqual([]))

it('keeps other people, other records and notes apart', () => {
  const parts = [entry(5, [change('a', 1, 2)]), entry(4, [change('b', 1, 2)], { actor: { id: 'v', name: 'V' } }), entry(3, [change('c', 1, 2)], { recordId: 's' }), entry(2, [change('d', 1, 2)], { note: 'why' })]
  expect(groupEntries(parts)).toHaveLength(4)
})
