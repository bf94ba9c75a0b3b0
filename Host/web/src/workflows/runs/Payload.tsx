import { label } from '@/texts'
import { fieldValueWords } from '../words/condition'
import type { Words } from '../words/context'
import { fieldAt } from '../words/paths'

type Props = { title: string; value: unknown; words: Words }

/** What a step was given or gave back: its members with the labels of fields where they are some. */
export function Payload({ title, value, words }: Props) {
  const members = flatten(value)
  if (members.length === 0) return null
  return (
    <details className="payload">
      <summary>{title}</summary>
      <dl className="facts">
        {members.map(([key, one]) => [<dt key={`${key}?`}>{label(fieldAt(key, words)?.label) || key}</dt>, <dd key={key}>{show(key, one, words)}</dd>])}
      </dl>
    </details>
  )
}

/** Answers of a task stand among the other outputs. */
function flatten(value: unknown): [string, unknown][] {
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return [['', value]]
  if (Array.isArray(value)) return value.map((one, i): [string, unknown] => [String(i + 1), one])
  return Object.entries(value).flatMap(([key, one]): [string, unknown][] => (key === 'answers' ? flatten(one) : one === null ? [] : [[key, one]]))
}

function show(key: string, value: unknown, words: Words): string {
  const field = fieldAt(key, words)
  if (field) return fieldValueWords(field, value, words)
  if (value !== null && typeof value === 'object') {
    if ('zh' in value && 'en' in value) return label(value as { zh: string; en: string })
    if ('name' in value) return String(value.name)
    return JSON.stringify(value)
  }
  return fieldValueWords(undefined, value, words)
}
