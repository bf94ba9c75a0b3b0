import type { Field } from '@/api/types'
import { label } from '@/texts'
import type { Trigger } from '../definition/sop'
import type { Words } from './context'

const root = 'run.payload.'

/** Names that a webhook reads of what it is sent: nobody else knows what that will be. */
function read(trigger: Trigger): string[] {
  const values = Object.values((trigger.inputs?.fields as Record<string, unknown> | undefined) ?? {})
  const paths = trigger.kind === 'webhook' ? values.map(value => (value as { path?: string } | null)?.path ?? '') : []
  return paths.filter(path => path.startsWith(root) && path.length > root.length).map(path => path.slice(root.length))
}

/** What a run is told by what started it, `run.payload.name`. The answers of a form come under the names of the fields they fill. */
export function toldFields(words: Words): { told: Field[]; answers: Field[] } {
  const told = new Map<string, Field>()
  for (const trigger of words.sop.triggers) {
    for (const { key, type, label } of words.trigger(trigger.kind)?.payload ?? [])
      told.set(key, key === 'answers' ? { key, type: 'reference', label, references: '$told:answers' } : { key, type, label })
    for (const name of read(trigger)) if (!name.includes('.')) told.set(name, { key: name, type: 'text', label: { zh: name, en: name } })
  }
  return { told: [...told.values()], answers: told.has('answers') ? (words.type?.fields ?? []) : [] }
}

/** What people read for `run.payload.answers.phone`; null where it is no such path. */
export function toldWords(path: string, words: Words): string | null {
  if (!path.startsWith(root)) return null
  const { told, answers } = toldFields(words)
  const [first, second] = path.slice(root.length).split('.')
  const field = second === undefined ? told.find(one => one.key === first) : answers.find(one => one.key === second)
  return label(field?.label) || path.slice(root.length)
}
