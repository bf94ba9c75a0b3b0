import type { Label, RecordType } from '@/api/types'
import type { Sop } from '../definition/sop'
import type { StepDescription } from '../steps/descriptions'

/** What sentences about an SOP may look up. */
export type Words = {
  sop: Sop
  /** Record type of the SOP. */
  type: RecordType | undefined
  find: (key: string | null | undefined) => RecordType | undefined
  step: (kind: string) => StepDescription | undefined
  trigger: (kind: string) => StepDescription | undefined
  person: (id: string) => string | undefined
  role: (key: string) => Label | string | undefined
  sopName: (key: string) => Label | string | undefined
}
