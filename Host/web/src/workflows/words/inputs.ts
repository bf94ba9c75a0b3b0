import { label, t } from '@/texts'
import type { Filter } from '@/records/filter/model'
import type { Inputs, Moment, PeopleRule, Wording } from '../definition/sop'
import type { StepDescription, StepInput } from '../steps/descriptions'
import { conditionWords, fieldValueWords } from './condition'
import type { Words } from './context'
import { durationWords, type Duration } from './duration'
import { momentWords } from './moment'
import { fillParts, type Part } from './parts'
import { fieldAt, pathWords } from './paths'
import { peopleWords } from './people'
import { templateWords } from './template'

/** The sentence that a step's description gives, its inputs filled in. */
export function describedSentence(description: StepDescription, inputs: Inputs, words: Words): Part[] {
  const template = description.inputs.find(input => input.type === 'mailTemplate' && inputs[input.key])
  const unset = (input: StepInput) => (template && input.type === 'template' ? label(template.label) : input.required ? '…' : '')
  const args = Object.fromEntries(description.inputs.map(input => [input.key, inputWords(input, inputs[input.key] ?? input.default, inputs, words) || unset(input)]))
  return fillParts(label(description.sentence), args)
}

/** The record type that an input's fields and filters are about. */
export const typeOfInput = (input: StepInput, inputs: Inputs, words: Words) =>
  input.typeFrom ? words.find(inputs[input.typeFrom] as string) : words.type

/** The choices of an `option`: those of the field that another input names. */
export const optionsOf = (input: StepInput, inputs: Inputs, words: Words) =>
  words.type?.fields.find(field => field.key === (inputs[input.optionsFrom ?? ''] ?? 'tags'))?.options ?? []

/** One input as people read it; empty where nothing is set. */
export function inputWords(input: StepInput, value: unknown, inputs: Inputs, words: Words): string {
  if (value === undefined || value === null || value === '') return ''
  const own = { ...words, type: typeOfInput(input, inputs, words) }
  const list = (one: (item: string) => string) => (Array.isArray(value) ? (value as string[]).map(one).join(t('workflows.comma')) : one(String(value)))
  switch (input.type) {
    case 'text': case 'label': case 'template': return templateWords(value as Wording, words)
    case 'boolean': return t(value ? 'workflows.yes' : 'workflows.no')
    case 'duration': return durationWords(value as Duration)
    case 'moment': return momentWords(value as Moment, words)
    case 'select': case 'multiSelect': return list(key => label(input.options?.find(option => option.key === key)?.label) || key)
    case 'value': return fieldValueWords(fieldOfValue(inputs, own), value, own)
    case 'fieldValues': return fieldValuesWords(value as Record<string, unknown>, own)
    case 'field': case 'fields': case 'path': return list(path => pathWords(path, own))
    case 'filter': case 'condition': return conditionWords(value as Filter, own)
    case 'people': return peopleWords(value as PeopleRule, words)
    case 'role': return label(words.role(String(value)) ?? String(value))
    case 'recordType': return label(words.find(String(value))?.label) || String(value)
    case 'sop': return label(words.sopName(String(value)) ?? String(value))
    case 'list': return Array.isArray(value) ? t('workflows.items', { n: value.length }) : ''
    case 'option': return label(optionsOf(input, inputs, own).find(option => option.key === value)?.label) || String(value)
    case 'object': return t('workflows.given')
    case 'json': return Array.isArray(value) ? value.map(anyWords).join(t('workflows.comma')) : anyWords(value)
    default: return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

/** A value whose form no description tells: a duration, a key, anything. */
const anyWords = (value: unknown): string =>
  typeof value !== 'object' || value === null ? String(value) : 'business' in value || 'plain' in value ? durationWords(value as Duration) : JSON.stringify(value)

/** A trigger's value belongs to the field that it watches. */
const fieldOfValue = (inputs: Inputs, words: Words) => {
  const watched = inputs.field ?? (Array.isArray(inputs.fields) && inputs.fields.length === 1 ? inputs.fields[0] : undefined)
  return typeof watched === 'string' ? fieldAt(watched, words) : undefined
}

function fieldValuesWords(values: Record<string, unknown>, words: Words): string {
  return Object.entries(values)
    .map(([key, value]) => {
      const field = words.type?.fields.find(f => f.key === key)
      return t('workflows.fieldIs', { field: label(field?.label) || key, value: fieldValueWords(field, value, words) })
    })
    .join(t('workflows.comma'))
}
