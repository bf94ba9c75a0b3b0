import { api } from '@/api/client'
import type { Label, Rec, Ref } from '@/api/types'
import type { Approval, Task } from '@/work/types'
import type { Sop } from '../definition/sop'
import type { HistoryEntry, Incident, RunDetail } from '../runs/runs'

/** What happens next, as the person trying wants it; see the API. */
export type Choice = {
  do: string
  at?: string
  run?: number
  when?: string
  by?: string
  outcome?: string
  answers?: Record<string, unknown>
  checklist?: string[]
  comment?: string
  to?: string
  users?: string[]
  before?: boolean
  stage?: string
  seat?: string | number
  event?: string
  values?: Record<string, unknown>
  outputs?: Record<string, unknown>
}

/** What is tried and on what. */
export type Setup = { version: string; recordId?: string; values?: Record<string, unknown>; start?: string; initiator?: string }

export type FieldChange = { field: string; label: Label; before: unknown; after: unknown }
export type RecordChange = { kind: string; record: Ref & { type: string }; typeLabel: Label; fields: FieldChange[] }

/** One thing that happened: an entry of a run's history, an act on an approval or a task, a change by a person. */
export type Effect = HistoryEntry & {
  run: number
  /** Index of the choice that it came of; none at the start. */
  choice: number | null
  changes?: RecordChange[]
  act?: string
  to?: Ref | null
  comment?: string | null
  people?: Ref[]
  title?: Label
}

/** What an approver may do, or who asked for the approval. */
export type TrialAct = 'approve' | 'reject' | 'return' | 'transfer' | 'delegate' | 'addSigner' | 'copy' | 'urge' | 'resubmit' | 'withdraw' | 'comment' | 'takeBack' | 'removeSigner'

/** What somebody may still do who is not asked now: take back a decision, remove a signer. */
export type LaterAct = { act: 'takeBack' | 'removeSigner'; seat: string | number; by: Ref; signer: Ref }

export type TrialApproval = Approval & { open: { seat: string | number; approver: Ref; acts: TrialAct[] }[]; acts: TrialAct[]; others: LaterAct[] }

export type Waits = {
  run: number
  at: string
  step: string
  visit: number
  kind: string
  task?: Task
  approval?: TrialApproval
  events?: { id: string; label: Label | null; kind: string }[]
  act?: string
  incident?: Incident | null
}

export type TrialResult = Omit<RunDetail, 'id' | 'can'> & {
  now: string
  nextDue: string | null
  incidents: Incident[]
  effects: Effect[]
  path: { steps: { step: string; visits: number }[]; ways: string[] }
  choices: Waits[]
  calls: { sop: { key: string; name: Label }; state: string; definition: Sop }[]
  values: Rec | null
  triggers: { kind: string; fits: boolean }[]
  record: Ref & { type: string; madeUp: boolean }
}

export const tryOut = (sop: string, setup: Setup, choices: Choice[]) => api.post<TrialResult>(`sops/${sop}/trial`, { ...setup, choices })
