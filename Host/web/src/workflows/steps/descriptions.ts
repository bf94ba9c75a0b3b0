import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { FieldType, Label } from '@/api/types'

export type InputType =
  | 'text' | 'label' | 'template' | 'integer' | 'decimal' | 'boolean' | 'duration' | 'moment' | 'select' | 'multiSelect'
  | 'value' | 'fieldValues' | 'field' | 'fields' | 'path' | 'filter' | 'condition' | 'people' | 'role' | 'recordType'
  | 'sop' | 'mailTemplate' | 'record' | 'option' | 'object' | 'list' | 'json'

export type Choice = { key: string; label: Label }

export type StepInput = {
  key: string
  type: InputType
  label: Label
  required?: boolean
  default?: unknown
  options?: Choice[]
  min?: number | null
  max?: number | null
  items?: StepInput[]
  /** Key of the input that names the record type of fields and filters; the SOP's own when absent. */
  typeFrom?: string | null
  help?: Label | null
  /** Record type of a `record`, which is named by its code. */
  references?: string | null
  /** Field of that record that names the record type it is for: must be the one that the step is about. */
  typeField?: string | null
  /** What other fields of that record must hold. */
  holding?: Record<string, string>
  /** Key of the input that names the field whose choices an `option` or a `value` takes. */
  optionsFrom?: string | null
  /** Not shown once it is written. */
  secret?: boolean
}

export type StepOutput = { key: string; type: FieldType; label: Label; references?: string | null }

/** What the server tells about a kind of step or trigger; the page makes sentences and panels from it. */
export type StepDescription = {
  kind: string
  group: string
  label: Label
  /** With inputs in braces: `Assign {owner}`. */
  sentence: Label
  example: Label
  inputs: StepInput[]
  outputs?: StepOutput[]
  outcomes?: Choice[]
  /** Of a trigger: what it tells its runs; empty where only the caller knows. */
  payload?: StepOutput[] | null
  recordTypes?: string[]
  external?: boolean
}

export type StepCatalogue = { steps: StepDescription[]; triggers: StepDescription[] }

export const stepsQuery = queryOptions({
  queryKey: ['steps'],
  queryFn: () => api.get<StepCatalogue>('sops/steps'),
  staleTime: 30 * 60_000,
})
