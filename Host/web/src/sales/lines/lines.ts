import { newKey } from '@/api/newKey'
import type { Field, Ref } from '@/api/types'
import { written } from '@/records/form/formFields'

/** A line while it is edited; names of its references are kept to show them at once. */
export type Line = { key: string; values: Record<string, unknown>; known: Record<string, Ref | null> }

export const editable = (field: Field): Field[] => (field.line ?? []).filter(part => !part.readOnly)

export function newLine(field: Field): Line {
  return { key: newKey(), values: Object.fromEntries(editable(field).map(part => [part.key, part.default ?? null])), known: {} }
}

export function readLines(field: Field, value: unknown): Line[] {
  const rows = Array.isArray(value) ? (value as Record<string, unknown>[]) : []
  return rows.map(row => {
    const line: Line = { key: newKey(), values: {}, known: {} }
    for (const part of field.line ?? []) {
      line.values[part.key] = written(part, row[part.key])
      if (part.type === 'reference') line.known[part.key] = (row[part.key] as Ref | null) ?? null
    }
    return line
  })
}

/** As the API takes them: only what a person may write, empty lines left out. */
export function writeLines(field: Field, lines: Line[]): Record<string, unknown>[] {
  return lines
    .filter(line => !blank(line))
    .map(line => Object.fromEntries(editable(field).map(part => [part.key, line.values[part.key] === '' ? null : (line.values[part.key] ?? null)])))
}

export const blank = (line: Line) => !line.values.product && !line.values.description

/** Messages of the server by line: `lines[2].price` belongs to the third of the lines that were sent. */
export function lineErrors(errors: { field: string; message: string }[], lines: Line[]): Map<string, string[]> {
  const sent = lines.filter(line => !blank(line))
  const found = new Map<string, string[]>()
  for (const { field, message } of errors) {
    const match = /^lines\[(\d+)\]/.exec(field)
    const line = match ? sent[Number(match[1])] : undefined
    if (line) found.set(line.key, [...(found.get(line.key) ?? []), message])
  }
  return found
}
