import type { Field, RecordType } from '@/api/types'
import { label } from '@/texts'
import type { Mapping, UploadedFile } from './imports'

export type Target = { key: string; label: string; field: Field }

/** The fields that a column may become; members of lines with the lines' name in front. */
export function targetsOf(type: RecordType): Target[] {
  return type.fields.flatMap((field): Target[] => {
    if (field.type === 'lines') return (field.line ?? []).filter(one => !one.readOnly).map(one => ({ key: `${field.key}.${one.key}`, label: `${label(field.label)} › ${label(one.label)}`, field: one }))
    return field.readOnly && field.key !== 'createdAt' ? [] : [{ key: field.key, label: label(field.label), field }]
  })
}

/** What is proposed for a file: what was used for its columns before, else the guess. */
export function firstMapping(file: UploadedFile): Mapping {
  if (file.remembered && file.mapping) return Object.fromEntries(file.columns.map(column => [column, file.mapping?.[column] ?? null]))
  return Object.fromEntries(
    file.columns.map(column => {
      const field = file.guess[column]
      const dateFormat = file.dates?.[column]?.format
      return [column, field ? { field, ...(dateFormat ? { dateFormat } : {}) } : null]
    }),
  )
}

/** Required fields that no column fills. */
export const missingFields = (type: RecordType, mapping: Mapping): Field[] => {
  const filled = new Set(Object.values(mapping).map(one => one?.field))
  return type.fields.filter(field => field.required && !field.readOnly && (field.default === null || field.default === undefined) && field.type !== 'lines' && !filled.has(field.key))
}

/** Fields that two columns claim. */
export function doubled(mapping: Mapping): string[] {
  const fields = Object.values(mapping).flatMap(one => (one ? [one.field] : []))
  return [...new Set(fields.filter((field, i) => fields.indexOf(field) !== i))]
}

/** The first different values of a column. */
export function samples(file: UploadedFile, column: string, most = 3): string[] {
  const at = file.columns.indexOf(column)
  return [...new Set(file.preview.map(row => row[at] ?? '').filter(Boolean))].slice(0, most)
}
