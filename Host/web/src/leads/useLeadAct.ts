import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec } from '@/api/types'

/** An act on a lead, bound to the version that the person saw; the dialog shows its problems. */
export function useLeadAct<Body, Answer>(record: Rec, act: string) {
  const client = useQueryClient()
  const key = useRef(newKey())
  const sent = useRef<Promise<Answer>>(undefined)
  return useMutation({
    meta: { quiet: true },
    // a second press waits for the first one's answer: were it sent too, the lead as it is now could close the dialog before its answer came
    mutationFn: (body: Body) =>
      (sent.current ??= api.post<Answer>(`leads/${record.id}/${act}`, body, { ifMatch: record.version, idempotencyKey: key.current }).finally(() => {
        sent.current = undefined
      })),
    // not awaited: the dialog may be gone by the time the lead is read again
    onSettled: () => void client.invalidateQueries({ queryKey: keys.type('lead') }),
  })
}
