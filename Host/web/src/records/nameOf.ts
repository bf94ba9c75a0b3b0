import type { Rec, RecordType } from '@/api/types'
import { label } from '@/texts'

/** What a record is called: its name, else its number. */
export function nameOf(type: RecordType, record: Rec): string {
  const value = record[type.nameField]
  const option = type.fields.find(field => field.key === type.nameField)?.options?.find(one => one.key === value)
  return option ? label(option.label) : String(value ?? record.number ?? '')
}
