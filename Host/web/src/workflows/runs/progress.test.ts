import { expect, it } from 'vitest'
import { sop } from '../words/example'
import { progressOf } from './progress'
import type { HistoryEntry, RunDetail } from './runs'

const entry = (step: string, kind: string, more: Partial<HistoryEntry> = {}): HistoryEntry =>
  ({ at: '2026-11-22T04:00:00Z', step, visit: 1, kind, actor: null, input: null, output: null, why: null, attempt: 1, ...more })
const run = (history: HistoryEntry[], more: Partial<RunDetail> = {}): RunDetail => ({
  id: 'r', sop: { key: sop.key, name: sop.name }, version: 1, record: { id: '1', name: 'A', type: 'lead' }, state: 'running',
  startedAt: '2026-11-22T04:00:00Z', endedAt: null, startedBy: null, definition: sop, waitingFor: [], incident: null, can: {}, history, ...more,
})

it('shows a step as done once it has completed', () =>
  expect(progressOf(run([entry('contact', 'waiting'), entry('contact', 'completed')])).states.contact).toBe('done'))
it('shows what the run waits for', () =>
  expect(progressOf(run([entry('contact', 'waiting')], { waitingFor: [{ step: 'contact', kind: 'task', until: null, what: null }] })).states.contact).toBe('waiting'))
it('follows the way that a branch decided for', () => {
  const { taken, states } = progressOf(run([entry('result', 'decided', { outcome: 'rich' })]))
  expect([...taken]).toEqual(['result/rich'])
  expect(states.rest).toBeUndefined()
})
it('shows a block as under way while something in it waits', () => expect(progressOf(run([entry('tell', 'waiting')])).states.each).toBe('waiting'))
it('waits for nothing after the end', () =>
  expect(progressOf(run([entry('contact', 'waiting')], { state: 'cancelled', endedAt: '2026-11-22T05:00:00Z' })).states.contact).toBe('cancelled'))
