import type { Field } from '@/api/types'
import type { Condition, Filter } from '@/records/filter/model'
import { label, t, tMaybe } from '@/texts'
import { date, dateTime, money, number } from '@/ui/format'
import type { Words } from './context'
import { relativeWords as momentRelative } from './moment'
import { fieldAt, outcomesOf, pathWords } from './paths'

/** A filter or condition in words; inner groups of the other kind stand in brackets. */
export function conditionWords(filter: Filter | null | undefined, words: Words): string {
  if (!filter) return t('workflows.always')
  return groupWords(filter, words, null)
}

function groupWords(filter: Filter, words: Words, outer: 'and' | 'or' | null): string {
  if ('and' in filter || 'or' in filter) {
    const join = 'and' in filter ? 'and' : 'or'
    const parts = 'and' in filter ? filter.and : filter.or
    if (parts.length === 0) return t(join === 'and' ? 'workflows.always' : 'workflows.never')
    if (parts.length === 1) return groupWords(parts[0]!, words, outer)
    const text = parts.map(part => groupWords(part, words, join)).join(t(join === 'and' ? 'workflows.and' : 'workflows.or'))
    return outer && outer !== join ? t('workflows.brackets', { text }) : text
  }
  if ('not' in filter) return t('workflows.not', { text: groupWords(filter.not, words, null) })
  return leafWords(filter, words)
}

function leafWords({ field: path, op: given = 'eq', value: held }: Condition, words: Words): string {
  const field = pathWords(path, words)
  const [op, value] = (given === 'in' || given === 'notIn') && Array.isArray(held) && held.length === 1 ? [given === 'in' ? 'eq' : 'ne', held[0]] : [given, held]
  return tMaybe(`workflows.op_${op}`, `{field} ${op} {value}`)
    .replace('{field}', () => field)
    .replace('{value}', () => (op === 'between' && Array.isArray(value)
      ? t('workflows.fromTo', { from: valueWords(path, value[0], words), to: valueWords(path, value[1], words) })
      : valueWords(path, value, words)))
}

/** A value as the field's own words: option labels, names, money. */
export function valueWords(path: string, value: unknown, words: Words): string {
  if (Array.isArray(value)) return value.map(one => valueWords(path, one, words)).join(t('workflows.orComma'))
  if (value === null || value === undefined) return t('workflows.empty')
  if (typeof value === 'object') return relativeWords(value as Record<string, unknown>, words)
  const output = /^steps\.(\w+)\.outcome$/.exec(path)
  if (output) return outcomesOf(output[1]!, words).find(o => o.key === value)?.text ?? tMaybe(`workflows.outcome_${value}`, String(value))
  return fieldValueWords(fieldAt(path, words), value, words)
}

export function fieldValueWords(field: Field | undefined, value: unknown, words: Words): string {
  if (Array.isArray(value)) return value.map(one => fieldValueWords(field, one, words)).join(t('workflows.comma'))
  if (value === null || value === undefined || value === '') return t('workflows.empty')
  if (typeof value === 'boolean') return t(value ? 'workflows.yes' : 'workflows.no')
  if (typeof value === 'object') return 'name' in value ? String(value.name) : relativeWords(value as Record<string, unknown>, words)
  switch (field?.type) {
    case 'select': case 'multiSelect': return label(field.options?.find(option => option.key === value)?.label) || String(value)
    case 'money': return money(Number(value))
    case 'integer': case 'decimal': return number(Number(value))
    case 'date': return typeof value === 'string' && /^\d{4}-/.test(value) ? date(value) : periodWords(String(value))
    case 'dateTime': return typeof value === 'string' && /^\d{4}-/.test(value) ? dateTime(value) : periodWords(String(value))
    case 'reference': return words.person(String(value)) ?? t('workflows.thisOne')
    default: return String(value)
  }
}

const periodWords = (name: string) => tMaybe(`workflows.period_${name}`, name)

function relativeWords(value: Record<string, unknown>, words: Words): string {
  if (value.$ === 'me') return t('workflows.me')
  if (value.$ === 'myUnit') return t('workflows.myUnit')
  if (value.$ === 'now' || value.$ === 'today') return momentRelative(value.$, value.plus as string | undefined)
  if (typeof value.last === 'number') return t('workflows.lastDays', { n: value.last })
  if (typeof value.next === 'number') return t('workflows.nextDays', { n: value.next })
  if (typeof value.path === 'string') return `‹${pathWords(value.path, words)}›`
  if (value.template !== undefined) return label(value.template as string)
  return JSON.stringify(value)
}
