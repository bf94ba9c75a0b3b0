import type { FieldType } from '@/api/types'

export type FilterOp =
  | 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'between' | 'in' | 'notIn'
  | 'contains' | 'startsWith' | 'empty' | 'notEmpty' | 'within'

export type Relative = { $: 'me' | 'myUnit' } | { $: 'now' | 'today'; plus?: string }
export type Period = string | { last: number } | { next: number }
export type Scalar = string | number | boolean
export type Condition = { field: string; op: FilterOp; value?: Scalar | Scalar[] | Relative | Period | (Scalar | Relative)[] }
/** The filter grammar as JSON, the same that the server reads. */
export type Filter = { and: Filter[] } | { or: Filter[] } | { not: Filter } | Condition

/** A group as the builder shows it: conditions and groups joined by and/or, perhaps negated. */
export type Group = { join: 'and' | 'or'; not: boolean; parts: (Group | Condition)[] }

const text: FilterOp[] = ['contains', 'eq', 'ne', 'startsWith', 'in', 'notIn', 'empty', 'notEmpty']
const number: FilterOp[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'in', 'notIn', 'empty', 'notEmpty']
const time: FilterOp[] = ['within', 'eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'notEmpty']
const choice: FilterOp[] = ['in', 'notIn', 'eq', 'ne', 'empty', 'notEmpty']

/** The comparisons that fit a type, the most useful first. */
export function opsFor(type: FieldType): FilterOp[] {
  switch (type) {
    case 'text': case 'longText': case 'email': case 'phone': case 'url': return text
    case 'integer': case 'decimal': case 'money': return number
    case 'date': case 'dateTime': return time
    case 'select': case 'reference': return choice
    case 'boolean': return ['eq', 'ne', 'empty', 'notEmpty']
    case 'multiSelect': return ['contains', 'empty', 'notEmpty']
    case 'json': return ['empty', 'notEmpty']
    case 'lines': return []
  }
}

/** How many values a comparison takes; null for a list of any length. */
export function arity(op: FilterOp): 0 | 1 | 2 | null {
  if (op === 'empty' || op === 'notEmpty') return 0
  if (op === 'between') return 2
  return op === 'in' || op === 'notIn' ? null : 1
}

export const periods = [
  'today', 'yesterday', 'tomorrow', 'thisWeek', 'lastWeek', 'nextWeek', 'thisMonth', 'lastMonth', 'nextMonth',
  'thisQuarter', 'lastQuarter', 'thisYear', 'lastYear',
] as const

export const isGroup = (part: Group | Condition): part is Group => 'join' in part
export const emptyGroup = (join: 'and' | 'or' = 'and'): Group => ({ join, not: false, parts: [] })

/** A filter as the builder's tree; anything single becomes a group of one. */
export function toGroup(filter: Filter | null | undefined): Group {
  if (!filter) return emptyGroup()
  const part = toPart(filter)
  return isGroup(part) ? part : { join: 'and', not: false, parts: [part] }
}

function toPart(filter: Filter): Group | Condition {
  if ('and' in filter) return { join: 'and', not: false, parts: filter.and.map(toPart) }
  if ('or' in filter) return { join: 'or', not: false, parts: filter.or.map(toPart) }
  if ('not' in filter) {
    const inner = toPart(filter.not)
    return isGroup(inner) && !inner.not ? { ...inner, not: true } : { join: 'and', not: true, parts: [inner] }
  }
  return filter
}

/** Whether a condition says enough to be asked. */
export function complete({ field, op, value }: Condition): boolean {
  if (!field) return false
  const given = (v: unknown) => v !== undefined && v !== null && v !== ''
  switch (arity(op)) {
    case 0: return true
    case 2: return Array.isArray(value) && value.length === 2 && value.every(given)
    case null: return Array.isArray(value) && value.length > 0 && value.every(given)
    default: return given(value)
  }
}

/** The grammar's JSON of a tree without what is not finished, or with it for the server to find fault with; null where nothing is left. */
export function toFilter(group: Group, unfinished = false): Filter | null {
  const parts = group.parts.flatMap((part): Filter[] => {
    if (!isGroup(part)) {
      const whole = complete(part)
      return whole && arity(part.op) !== 0 ? [part] : whole || unfinished ? [{ field: part.field, op: part.op }] : []
    }
    const inner = toFilter(part, unfinished)
    return inner ? [inner] : []
  })
  if (parts.length === 0) return null
  const joined: Filter = parts.length === 1 ? parts[0]! : group.join === 'and' ? { and: parts } : { or: parts }
  return group.not ? { not: joined } : joined
}

/** Both filters at once. */
export function both(a: Filter | null | undefined, b: Filter | null | undefined): Filter | null {
  if (!a || !b) return a ?? b ?? null
  return { and: [...('and' in a ? a.and : [a]), ...('and' in b ? b.and : [b])] }
}

export function countConditions(filter: Filter | null | undefined): number {
  if (!filter) return 0
  if ('and' in filter) return filter.and.reduce((sum, part) => sum + countConditions(part), 0)
  if ('or' in filter) return filter.or.reduce((sum, part) => sum + countConditions(part), 0)
  return 'not' in filter ? countConditions(filter.not) : 1
}
