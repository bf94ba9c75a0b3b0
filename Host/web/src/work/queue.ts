import dayjs from 'dayjs'
import type { Approval, Item, Task } from './types'

export type Band = 'overdue' | 'today' | 'later' | 'someday'

const dueOf = (item: Item) => (item.kind === 'task' ? item.task.dueAt : item.approval.dueAt)

/** What is at stake, where the record says so: breaks ties between things due at once. */
function valueOf(item: Item): number {
  if (item.kind === 'task') return 0
  const total = item.approval.snapshot.find(part => part.field === 'total' || part.field === 'amount')?.value
  return typeof total === 'number' ? total : 0
}

export function bandOf(item: Item, now: Date): Band {
  const due = dueOf(item)
  if (!due) return 'someday'
  if (Date.parse(due) < now.getTime()) return 'overdue'
  return dayjs(due).isSame(now, 'day') ? 'today' : 'later'
}

/** Tasks and approvals as one queue in the order to do them: by due time, the larger first where they are due at once, without due time last. */
export function makeQueue(tasks: Task[], approvals: Approval[]): Item[] {
  const items: Item[] = [
    ...tasks.map(task => ({ kind: 'task' as const, id: task.id, task })),
    ...approvals.map(approval => ({ kind: 'approval' as const, id: approval.id, approval })),
  ]
  const time = (item: Item) => (dueOf(item) ? Date.parse(dueOf(item)!) : Infinity)
  return items.sort((a, b) => (time(a) === time(b) ? valueOf(b) - valueOf(a) : time(a) < time(b) ? -1 : 1))
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
