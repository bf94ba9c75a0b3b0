import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Sop } from '../definition/sop'
import type { SopDetail } from './sops'

/** Writes the draft; with `revision` only when nobody else has changed it since. */
export function useSaveDraft(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ definition, revision }: { definition: Sop; revision?: number }) =>
      api.put<SopDetail>(`sops/${key}`, { ...definition, key }, { ifMatch: revision }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sops() }),
  })
}
