import type { Field } from '@/api/types'
import { fieldsOf, pathLabel } from '@/records/filter/paths'
import { label, t } from '@/texts'
import { findStep, stepsOf } from '../definition/blocks'
import { taskOf } from '../definition/sop'
import type { Words } from './context'
import { stepName } from './names'
import { toldWords } from './told'

/** The fields of the record, or of a for-each's record, along a path. */
function fieldsAlong(path: string, words: Words): Field[] | null {
  if (!path.startsWith('item.')) return words.type ? fieldsOf(words.type, path, words.find) : null
  for (const step of stepsOf(words.sop.steps)) {
    const type = step.kind === 'forEach' ? words.find(step.inputs?.type as string) : undefined
    const fields = type ? fieldsOf(type, path.slice(5), words.find) : null
    if (fields) return fields
  }
  return null
}

/** Field that a condition's path ends at. */
export const fieldAt = (path: string, words: Words): Field | undefined => fieldsAlong(path, words)?.at(-1)

/** What people read for `customer.industry`, `steps.contact.outcome`, `item.name`, `run.initiator`. */
export function pathWords(path: string, words: Words): string {
  if (path === 'run.initiator') return t('workflows.initiator')
  const told = toldWords(path, words)
  if (told !== null) return t('workflows.toldOf', { what: told })
  const output = /^steps\.(\w+)\.(.+)$/.exec(path)
  if (output) return outputWords(output[1]!, output[2]!, words)
  const fields = fieldsAlong(path, words)
  return fields ? pathLabel(fields) : path
}

function outputWords(id: string, key: string, words: Words): string {
  const step = findStep(words.sop, id)
  if (!step) return `${id}.${key}`
  const name = stepName(step, words)
  if (key === 'outcome') return t('workflows.outcomeOf', { name })
  const answer = key.startsWith('answers.') ? taskOf(step).form?.find(question => question.key === key.slice(8)) : undefined
  const field = answer?.field ? fieldAt(answer.field, words) : undefined
  const output = words.step(step.kind)?.outputs?.find(one => one.key === key)
  const what = label(answer?.label ?? field?.label ?? output?.label) || key
  return t('workflows.outputOf', { name, what })
}

/** Labels of what a step may end with. */
export function outcomesOf(id: string, words: Words): { key: string; text: string }[] {
  const step = findStep(words.sop, id)
  if (!step) return []
  const fromTask = step.kind === 'task' ? taskOf(step).outcomes?.map(o => ({ key: o.key, text: label(o.label) })) : undefined
  const fromWait = step.kind === 'waitFor' ? waitOutcomes(step.inputs?.events) : undefined
  const described = words.step(step.kind)?.outcomes?.map(o => ({ key: o.key, text: label(o.label) }))
  return [...(fromTask ?? fromWait ?? []), ...(described ?? [])]
}

const waitOutcomes = (events: unknown) =>
  (Array.isArray(events) ? (events as { id: string; label?: { zh: string; en: string } }[]) : []).map(e => ({ key: e.id, text: label(e.label) || e.id }))
