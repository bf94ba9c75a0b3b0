import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec } from '@/api/types'

/** An act on a lead, bound to the version that the person saw; the dialog shows its problems. */
export function useLeadAct<Body, Answer>(record: Rec, act: string) {
  const client = useQueryClient()
  // a second press before the answer is the same act
  const key = useRef(newKey())
  return useMutation({
    meta: { quiet: true },
    mutationFn: (body: Body) => api.post<Answer>(`leads/${record.id}/${act}`, body, { ifMatch: record.version, idempotencyKey: key.current }),
    // not awaited: the dialog may be gone by the time the lead is read again
    onSettled: () => {
      key.current = newKey()
      void client.invalidateQueries({ queryKey: keys.type('lead') })
    },
  })
}
