import type { Field, RecordType } from '@/api/types'
import type { Filter } from '@/records/filter/model'

/** Chosen options per select field; `owner: ['me']` for one's own. */
export type Quick = Record<string, string[]>

/** The select fields that a list offers as quick filters: those its views show. */
export function quickFields(type: RecordType): Field[] {
  const shown = new Set(type.views.flatMap(view => view.columns))
  return type.fields.filter(field => field.type === 'select' && shown.has(field.key) && (field.options?.length ?? 0) > 1).slice(0, 3)
}

export function quickFilter(quick: Quick): Filter | null {
  const parts = Object.entries(quick).map(([field, values]): Filter =>
    field === 'owner' ? { field, op: 'eq', value: { $: 'me' } } : { field, op: 'in', value: values })
  return parts.length === 0 ? null : parts.length === 1 ? parts[0]! : { and: parts }
}
