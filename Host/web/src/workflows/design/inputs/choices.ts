import type { Rec, RecordType } from '@/api/types'

/** What such records are called in SOPs, which outlive them and move between systems: a code that people give. */
export const keyField = (type: RecordType) => ['code', 'slug', 'key'].find(key => type.fields.some(field => field.key === key))

/** The records that hold what is asked for, by their codes. What none of them could hold, such as a record type that they are never about, is not asked for. */
export function choicesOf(type: RecordType, records: Rec[], holding: Record<string, string>) {
  const asked = Object.entries(holding).filter(([key, value]) => type.fields.find(field => field.key === key)?.options?.some(option => option.key === value))
  const key = keyField(type)!
  return records.filter(record => asked.every(([field, value]) => record[field] === value)).map(record => ({ value: String(record[key]), label: String(record[type.nameField] ?? record[key]) }))
}
