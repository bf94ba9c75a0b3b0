import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Ref } from '@/api/types'
import type { FilterOp } from '@/records/filter/model'
import { t } from '@/texts'
import { dateTime } from '@/ui/format'
import type { Sop } from '../definition/sop'

export type RunState = 'running' | 'waiting' | 'done' | 'incident' | 'cancelled'
export const runStates: RunState[] = ['running', 'waiting', 'incident', 'done', 'cancelled']

/** What a line of a run stands at; a person's step names its task or approval. */
export type Waiting = {
  step: string
  visit?: number
  kind: string
  until: string | null
  what: Label | string | null
  who?: Ref | null
  task?: string | null
  approval?: string | null
  /** Of an approval: who is asked now. */
  seats?: { seat: number; person: Ref; since: string | null }[]
  can?: { urge?: boolean; reassign?: boolean }
}
export type Incident = { class: string; message: Label | string; step: string; attempts: number; owner: Ref | null; at?: string | null }

export type RunSummary = {
  id: string
  sop: { key: string; name: Label }
  version: number
  record: Ref & { type: string }
  state: RunState
  startedAt: string
  endedAt: string | null
  waitingFor?: Waiting[]
  incident?: Incident | null
}

export type HistoryEntry = {
  at: string
  step: string
  visit: number
  kind: string
  actor: Ref | null
  input: unknown
  output: unknown
  why: Label | null
  attempt: number | null
  outcome?: string | null
  /** Conditions of a decision with the values they met. */
  checks?: Check[] | null
  until?: string | null
  dueWhy?: Label | null
  assignee?: Ref | null
}

export type Check = { path: string; op: FilterOp; wanted?: unknown; actual?: unknown; met: boolean }

export type RunDetail = RunSummary & {
  startedBy: { kind?: string; actor?: Ref | null; source?: string; [member: string]: unknown } | string | null
  definition: Sop
  waitingFor: Waiting[]
  history: HistoryEntry[]
  incident: Incident | null
  /** The version that new runs use; null when the SOP is retired. */
  published?: number | null
  can: { retry?: boolean; edit?: boolean; skip?: boolean; cancel?: boolean; migrate?: boolean }
}

export type RunFilter = { sop?: string; state?: string; record?: string } & Narrow

/** What figures of an SOP lead here with: the same names as the API's. */
export const narrowNames = ['from', 'to', 'version', 'unit', 'owner', 'at', 'step', 'outcome', 'failed', 'took', 'overdue', 'person', 'stage', 'incident'] as const
export type Narrow = Partial<Record<(typeof narrowNames)[number], string>>

export const narrowOf = (search: URLSearchParams): Narrow =>
  Object.fromEntries(narrowNames.flatMap(name => (search.get(name) ? [[name, search.get(name)!]] : [])))

export const runsPage = (filter: RunFilter, after?: string | null) => api.get<Page<RunSummary>>('runs', { ...filter, after, limit: 50 })
export const runQuery = (id: string) => queryOptions({ queryKey: keys.runs('one', id), queryFn: () => api.get<RunDetail>(`runs/${id}`) })

/** Until when was waited, seen from whenever it is read: how far away that was says nothing any more. A reason that is nothing but that date again is left out. */
export function pastUntil(until: string, why: string) {
  return t('workflows.waitedUntil', { at: dateTime(until) }) + (why && !/^[\d: -]+$/.test(why) ? ` · ${why}` : '')
}
