import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { Problem } from '@/api/problem'
import { report } from '@/app/feedback'
import type { Item } from '../types'

export type ManyAct = 'approve' | 'reject' | 'handOver' | 'snooze'
export type Outcome = { kind: Item['kind']; id: string; ok: boolean; problem?: ConstructorParameters<typeof Problem>[0] }
type Answer = { results: Outcome[]; done: number; failed: number }

/** One act on many: each stands for itself, so some may be refused while the others are done. */
export function useMany() {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const run = async (act: ManyAct, items: Item[] | null, more: { comment?: string; to?: string; until?: string | null }): Promise<Answer | null> => {
    setBusy(true)
    try {
      return await api.post<Answer>('work', { act, items: items?.map(({ kind, id }) => ({ kind, id })), ...more })
    } catch (error) {
      report(error)
      return null
    } finally {
      setBusy(false)
      for (const queryKey of [keys.tasks(), keys.approvals(), keys.numbers, ['records']]) void client.invalidateQueries({ queryKey })
    }
  }
  return { busy, run }
}
