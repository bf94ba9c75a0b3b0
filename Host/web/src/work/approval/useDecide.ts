import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import { say } from '@/app/feedback'
import { t } from '@/texts'
import type { Approval } from '../types'
import { useArmed } from '../useArmed'

export type Act = keyof Approval['can']
export type Body = { act: Act; seat?: number | string; to?: string; users?: string[]; stage?: string; before?: boolean; comment?: string }

/** After these one stays with the approval; after the others it is somebody else's. */
const stays: Act[] = ['comment', 'urge', 'copy', 'removeSigner', 'takeBack']

/** One act on an approval; a repeated one, after a lost answer say, is the same act. `waits` while no other may follow. */
export function useDecide(approval: Approval, did: () => void, finished: () => void) {
  const client = useQueryClient()
  const key = useRef(newKey())
  const armed = useArmed()
  const act = useMutation({
    mutationFn: ({ act, ...rest }: Body) => api.post(`approvals/${approval.id}/${act}`, { seat: approval.mySeat ?? undefined, ...rest }, { idempotencyKey: key.current }),
    onSuccess: (_answer, { act }) => {
      say(t(`work.done_${act}` as Parameters<typeof t>[0]))
      key.current = newKey()
      did()
      if (!stays.includes(act)) finished()
    },
    onSettled: () => {
      for (const queryKey of [keys.approvals(), keys.numbers, ['records', approval.record.type]]) void client.invalidateQueries({ queryKey })
    },
  })
  // what is decided stays on the page until the next one is drawn
  const decided = act.isSuccess && !stays.includes(act.variables.act)
  return { ...act, waits: act.isPending || decided || !armed }
}
