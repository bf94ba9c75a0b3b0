import type { FieldType, Label, Option } from '@/api/types'
import type { Filter } from '@/records/filter/model'
import type { Duration } from '../words/duration'

/** An SOP as the server reads and writes it. Steps of every kind have the same form: what describes a step stands in `inputs`. */
export type Sop = { key: string; name: Label; about?: Label | null; record: string; triggers: Trigger[]; steps: Step[] }

export type Reentry = 'everyTime' | 'onceAtATime' | 'onceEver'
export type Inputs = Record<string, unknown>
export type Trigger = { kind: string; inputs?: Inputs; filter?: Filter | null; reentry?: Reentry }

export type Step = {
  id: string
  kind: string
  name?: Label | null
  inputs?: Inputs
  /** Ways of a branch or a parallel. */
  paths?: Way[]
  else?: Step[]
  /** Of for-each and repeat. */
  steps?: Step[]
  /** Of wait-for. */
  timedOut?: Step[]
}

export type Way = { id: string; label?: Label | null; when?: Filter | null; steps: Step[] }

/** Words in both languages, or one text for both. */
export type Wording = Label | string

export type Moment = { in?: Duration; path?: string; plus?: Duration }

export type PeopleBy =
  | 'owner' | 'initiator' | 'users' | 'role' | 'superior' | 'chain' | 'departmentHead' | 'field'
  | 'initiatorsChoice' | 'roundRobin' | 'leastLoad' | 'everyone'

export type PeopleRule = {
  by: PeopleBy
  users?: string[]
  role?: string
  within?: 'company' | 'unit' | 'unitAndBelow' | 'unitAndAbove' | 'region'
  level?: number
  path?: string
  of?: PeopleRule
  among?: PeopleRule[]
  else?: PeopleRule
}

export type TaskOutcome = { key: string; label: Label; style?: 'default' | 'primary' | 'danger'; requires?: string[]; asks?: string[]; skipsForm?: boolean }
export type FormQuestion = { key: string; field?: string; type?: FieldType; label?: Label; required?: boolean; options?: Option[]; help?: Label }
export type ChecklistItem = { key: string; label: Label; required?: boolean }
export type Escalation = { after: Duration; do?: 'notify' | 'superior' | 'reassign' | 'complete'; to?: PeopleRule; outcome?: string }

export type TaskInputs = {
  assignee?: PeopleRule
  title?: Wording
  script?: Wording
  form?: FormQuestion[]
  checklist?: ChecklistItem[]
  outcomes?: TaskOutcome[]
  due?: Moment
  reminders?: Duration[]
  escalations?: Escalation[]
}

export type ApprovalStage = {
  key: string
  label?: Label
  when?: Filter | null
  approvers?: PeopleRule
  mode?: 'any' | 'all' | 'sequence' | 'vote'
  threshold?: number
  due?: Moment
  remind?: number
  remindEvery?: Duration
  whenLate?: 'nothing' | 'escalate' | 'approve' | 'reject'
  escalateTo?: PeopleRule
}

export type ApprovalInputs = {
  title?: Wording
  stages?: ApprovalStage[]
  fields?: string[]
  initiator?: PeopleRule
  initiatorIsApprover?: string
  afterReturn?: string
  returnToInitiator?: string
  copies?: PeopleRule
  forbidden?: string[]
}

export type AwaitedEvent = { id: string; on: Trigger; of?: string; label?: Label }

export const taskOf = (step: Step) => (step.inputs ?? {}) as TaskInputs
export const approvalOf = (step: Step) => (step.inputs ?? {}) as ApprovalInputs
