import { useMemo, useState } from 'react'
import type { Field, Rec, RecordType } from '@/api/types'
import { changedFields, writable, written } from '@/records/form/formFields'
import { readLines, writeLines, type Line } from '../lines/lines'

/** The quote while it is edited. When the server's copy changes and nothing was typed, it follows. */
export function useQuoteDraft(type: RecordType, quote: Rec) {
  const fields = useMemo(() => writable(type), [type])
  const lineField = type.fields.find(field => field.type === 'lines') as Field
  const start = () => ({
    version: quote.version,
    values: Object.fromEntries(fields.map(field => [field.key, written(field, quote[field.key])])) as Record<string, unknown>,
    lines: readLines(lineField, quote[lineField.key]),
    base: quote,
    touched: false,
  })
  const [draft, setDraft] = useState(start)
  if (draft.version !== quote.version && !draft.touched) setDraft(start())

  const changes = (): Record<string, unknown> => {
    const changed = changedFields(fields, draft.base, draft.values)
    const before = JSON.stringify(writeLines(lineField, readLines(lineField, draft.base[lineField.key])))
    const now = writeLines(lineField, draft.lines)
    return JSON.stringify(now) === before ? changed : { ...changed, [lineField.key]: now }
  }
  return {
    fields,
    lineField,
    values: draft.values,
    lines: draft.lines,
    /** The version the person began with: a save that finds another asks. */
    base: draft.base,
    touched: draft.touched,
    changes,
    set: (key: string, value: unknown) => setDraft(d => ({ ...d, touched: true, values: { ...d.values, [key]: value } })),
    setLines: (lines: Line[]) => setDraft(d => ({ ...d, touched: true, lines })),
    /** Takes over what the server answered, or what it had. */
    reset: (saved: Rec = quote) =>
      setDraft({
        version: saved.version,
        values: Object.fromEntries(fields.map(field => [field.key, written(field, saved[field.key])])),
        lines: readLines(lineField, saved[lineField.key]),
        base: saved,
        touched: false,
      }),
  }
}

export type QuoteDraft = ReturnType<typeof useQuoteDraft>
