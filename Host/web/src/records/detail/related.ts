import type { Field, RecordType } from '@/api/types'

export type Related = { type: RecordType; field: Field }

const hidden = new Set(['activity', 'user', 'unit', 'role', 'form'])
const order = ['contact', 'opportunity', 'quote']

/** The lists of records that point at one of this type, from the catalogue. */
export function relatedLists(type: RecordType, types: RecordType[]): Related[] {
  return types
    .filter(other => other.can.read && !hidden.has(other.key))
    .flatMap(other => {
      const field = other.fields.find(f => f.type === 'reference' && f.references === type.key)
      return field ? [{ type: other, field }] : []
    })
    .sort((a, b) => rank(a.type.key) - rank(b.type.key))
}

const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
