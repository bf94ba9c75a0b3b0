import type { Label, Ref } from '@/api/types'
import type { Field } from '@/api/types'

export type About = { type: string; id: string; name: string }
export type FormField = Omit<Field, 'label'> & { label: Label | string; value?: unknown }

export type Task = {
  id: string
  title: string
  script: string | null
  state: 'open' | 'done' | 'cancelled'
  record: About | null
  assignee: Ref
  /** Whom the assignee stands in for. */
  via: Ref | null
  dueAt: string | null
  overdue: boolean
  snoozedUntil: string | null
  /** What the record was worth when the task came up. */
  value: number | null
  createdAt: string
  completedAt: string | null
  outcome: string | null
  why: Label | string | null
  dueWhy?: Label | string | null
  sop: { key: string; name: Label; runId: string } | null
  form: FormField[]
  checklist: { key: string; label: Label | string; required: boolean; done: boolean }[]
  outcomes: { key: string; label: Label | string; style: 'primary' | 'default' | 'danger'; requires: string[]; asks: string[]; skipsForm?: boolean }[]
  can: { complete: boolean; reassign: boolean }
}

export type Seat = {
  id: string | number
  approver: Ref
  via: Ref | null
  state: string
  decidedAt?: string | null
  comment?: string | null
  why?: Label | string | null
  /** One added this signer oneself and may take them away again. */
  mayRemove?: boolean
}

export type Stage = { key: string; label: Label | string; mode: 'any' | 'all' | 'sequence' | 'vote'; state: string; seats: Seat[] }

export type Part = { field: string; label: Label | string; value: unknown }
export type Change = { field: string; label: Label | string; before: unknown; after: unknown }

export type Approval = {
  id: string
  title: string
  state: string
  record: About
  snapshot: Part[]
  value: number | null
  snoozedUntil: string | null
  /** What is different from what was submitted the time before; only on one read alone. */
  changed?: { at: string; state: string; fields: Change[] } | null
  earlier?: { id: string; title: string; state: string; at: string }[]
  afterReturn: 'restart' | 'straightBack'
  initiator: Ref
  sop: { key: string; runId: string; name?: Label | null }
  why: Label | string | null
  createdAt: string
  dueAt: string | null
  stages: Stage[]
  history: { at: string; actor: Ref | null; act: string; comment: string | null; to: Ref | null; why?: Label | null }[]
  mySeat: string | number | null
  can: Partial<Record<'approve' | 'reject' | 'return' | 'transfer' | 'withdraw' | 'comment' | 'resubmit' | 'delegate' | 'addSigner' | 'removeSigner' | 'takeBack' | 'copy' | 'urge' | 'snooze', boolean>>
}

/** One thing to do. */
export type Item = { kind: 'task'; id: string; task: Task } | { kind: 'approval'; id: string; approval: Approval }
