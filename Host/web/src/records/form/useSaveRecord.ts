import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import type { Rec, RecordType } from '@/api/types'
import { resolveConflict } from './conflict'

type Save = { record?: Rec; changes: Record<string, unknown>; key?: string }

/** Creates a record, or changes the named fields of one. When somebody else saved first, the person decides field by field. */
export function useSaveRecord(type: RecordType) {
  const client = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ record, changes, key }: Save) =>
      record ? update(type, record, changes) : api.post<Rec>(type.plural, changes, { idempotencyKey: key }),
    onSuccess: saved => {
      client.setQueryData(keys.record(type.key, saved.id), saved)
      void client.invalidateQueries({ queryKey: keys.type(type.key) })
    },
  })
}

async function update(type: RecordType, base: Rec, changes: Record<string, unknown>): Promise<Rec> {
  try {
    return await api.patch<Rec>(`${type.plural}/${base.id}`, changes, { ifMatch: base.version })
  } catch (error) {
    if (!isProblem(error) || !error.stale) throw error
    const current = await api.get<Rec>(`${type.plural}/${base.id}`)
    const merged = await resolveConflict(type, base, changes, current)
    if (!merged) throw new DOMException('given up', 'AbortError')
    return Object.keys(merged).length > 0 ? update(type, current, merged) : current
  }
}
