import { expect, it } from 'vitest'
import { inBands, makeQueue, narrowed, nextAfter } from './queue'
import type { Approval, Task } from './types'

const now = new Date(2026, 10, 22, 10)
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()
const task = (id: string, dueAt: string | null, value: number | null = null) => ({ id, dueAt, value, title: id, record: null, sop: null }) as unknown as Task
const approval = (id: string, dueAt: string | null, total: number) => ({ id, dueAt, value: total, title: id, record: { name: '甲公司' }, sop: { key: 'quote-approval' } }) as unknown as Approval

it('puts the overdue first, then by due time, without due time last', () => {
  const queue = makeQueue([task('none', null), task('later', at(25, 9)), task('late', at(20, 9))], [approval('today', at(22, 17), 1)])
  expect(queue.map(item => item.id)).toEqual(['late', 'today', 'later', 'none'])
  expect(inBands(queue, now).map(({ band, items }) => [band, items.length])).toEqual([['overdue', 1], ['today', 1], ['later', 1], ['someday', 1]])
})

it('puts what came back to its initiator with the things of today', () => {
  const back = { ...approval('back', null, 1), state: 'withInitiator' } as Approval
  const queue = makeQueue([task('none', null), task('today', at(22, 9)), task('later', at(25, 9))], [back], 'due', now)
  expect(queue.map(item => item.id)).toEqual(['today', 'back', 'later', 'none'])
  expect(inBands(queue, now).map(({ band, items }) => [band, items.length])).toEqual([['overdue', 1], ['today', 1], ['later', 1], ['someday', 1]])
})

it('of two due at once the larger comes first', () =>
  expect(makeQueue([], [approval('small', at(22, 17), 5), approval('large', at(22, 17), 500)]).map(item => item.id)).toEqual(['large', 'small']))

it('can be ordered by value instead, the sooner first where it is the same', () =>
  expect(makeQueue([task('late', at(20, 9)), task('soon', at(22, 9), 7)], [approval('large', at(25, 17), 500)], 'value').map(item => item.id)).toEqual(['large', 'soon', 'late']))

it('is narrowed by words, due time and SOP', () => {
  const queue = makeQueue([task('late', at(20, 9)), task('none', null)], [approval('today', at(22, 17), 1), approval('later', at(27, 17), 1)])
  const ids = (more: object) => narrowed(queue, { text: '', due: 'any', sop: null, ...more }, now).map(item => item.id)
  expect(ids({ text: ' 甲公 ' })).toEqual(['today', 'later'])
  expect(ids({ due: 'overdue' })).toEqual(['late'])
  expect(ids({ due: 'today' })).toEqual(['late', 'today'])
  expect(ids({ due: 'week', sop: 'quote-approval' })).toEqual(['today', 'later'])
})

it('opens the next one, or the last one left', () => {
  const queue = makeQueue([task('a', at(22, 11)), task('b', at(22, 12))], [])
  expect(nextAfter(queue, 'a')?.id).toBe('b')
  expect(nextAfter(queue, 'b')?.id).toBe('a')
  expect(nextAfter([], 'a')).toBeUndefined()
})
