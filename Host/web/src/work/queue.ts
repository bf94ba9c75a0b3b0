import dayjs from 'dayjs'
import type { Approval, Item, Task } from './types'

export type Sort = 'due' | 'value'
export type Narrow = { text: string; due: 'any' | 'overdue' | 'today' | 'week'; sop: string | null }
export type Band = 'overdue' | 'today' | 'later' | 'someday'

/** What both kinds have in common. */
export const thing = (item: Item) => (item.kind === 'task' ? item.task : item.approval)

/** An approval that was returned to whom it now waits for. */
export const cameBack = (item: Item) => item.kind === 'approval' && item.approval.state === 'withInitiator'

/** What came back has no due time of its own and is to be done today: somebody thinks it is still under way. */
const dueOf = (item: Item, now: Date) => thing(item).dueAt ?? (cameBack(item) ? dayjs(now).endOf('day').toISOString() : null)

/** What is at stake, where the record says so: breaks ties between things due at once. */
const valueOf = (item: Item) => thing(item).value ?? 0

export function bandOf(item: Item, now: Date): Band {
  const due = dueOf(item, now)
  if (!due) return 'someday'
  if (Date.parse(due) < now.getTime()) return 'overdue'
  return dayjs(due).isSame(now, 'day') ? 'today' : 'later'
}

/** Tasks and approvals as one queue in the order to do them: by due time, the larger first where they are due at once, without due time last. */
export function makeQueue(tasks: Task[], approvals: Approval[], sort: Sort = 'due', now = new Date()): Item[] {
  const items: Item[] = [
    ...tasks.map(task => ({ kind: 'task' as const, id: task.id, task })),
    ...approvals.map(approval => ({ kind: 'approval' as const, id: approval.id, approval })),
  ]
  const time = (item: Item) => Date.parse(dueOf(item, now) ?? '9999-12-31')
  const first = (a: Item, b: Item) => (time(a) === time(b) ? 0 : time(a) < time(b) ? -1 : 1)
  return items.sort((a, b) => (sort === 'due' ? first(a, b) || valueOf(b) - valueOf(a) : valueOf(b) - valueOf(a) || first(a, b)))
}

/** Those that the filters let through. */
export function narrowed(items: Item[], { text, due, sop }: Narrow, now: Date): Item[] {
  const words = text.trim().toLowerCase()
  return items.filter(item => {
    const { title, record, sop: of } = thing(item)
    const at = dueOf(item, now)
    if (words && !`${title} ${record?.name ?? ''}`.toLowerCase().includes(words)) return false
    if (sop && of?.key !== sop) return false
    if (due === 'any') return true
    if (!at) return false
    return due === 'overdue' ? Date.parse(at) < now.getTime() : Date.parse(at) <= dayjs(now).add(due === 'week' ? 7 : 0, 'day').endOf('day').valueOf()
  })
}

export function inBands(items: Item[], now: Date): { band: Band; items: Item[] }[] {
  const bands: Band[] = ['overdue', 'today', 'later', 'someday']
  return bands.map(band => ({ band, items: items.filter(item => bandOf(item, now) === band) })).filter(group => group.items.length > 0)
}

/** What to open when this one is done. */
export function nextAfter(items: Item[], id: string): Item | undefined {
  const index = items.findIndex(item => item.id === id)
  return index < 0 ? items[0] : (items[index + 1] ?? items[index - 1])
}
