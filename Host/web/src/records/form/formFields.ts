import type { Field, Rec, RecordType, Ref } from '@/api/types'

/** Fields that a person may write in a form; lines have an editor of their own. */
export const writable = (type: RecordType): Field[] => type.fields.filter(field => !field.readOnly && field.type !== 'lines')

const few = 6

/** The fields to begin with (all that must be given and are not yet, then the first ones), and those folded away. */
export function splitFields(fields: Field[]): { first: Field[]; more: Field[] } {
  const asked = (field: Field) => field.required && field.default == null
  let room = Math.max(few - fields.filter(asked).length, 0)
  const first = fields.filter(field => asked(field) || (field.key !== 'owner' && room-- > 0))
  return { first, more: fields.filter(field => !first.includes(field)) }
}

/** A read value as it is written: references as their id. */
export function written(field: Field, value: unknown): unknown {
  if (field.type === 'reference' && value && typeof value === 'object') return (value as Ref).id
  return value ?? null
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || ((a ?? '') === '' && (b ?? '') === '')

/** What differs from the record: only that is sent. Masked values were never seen and are left alone. */
export function changedFields(fields: Field[], record: Rec, values: Record<string, unknown>): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const field of fields) {
    if (!(field.key in values) || record.masked?.includes(field.key)) continue
    const now = values[field.key] === '' ? null : values[field.key]
    if (!same(now, written(field, record[field.key]))) changes[field.key] = now
  }
  return changes
}

/** Without what was left empty. */
export function filledFields(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))
}
