import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec } from '@/api/types'
import { moved, type BoardData } from './board/types'

export type Move = { record: Rec; stage: string; lostReason?: string; lostNote?: string }

/** Moves an opportunity to a stage: on the board at once, taken back when the server refuses. */
export function useMove() {
  const client = useQueryClient()
  const boards = { queryKey: ['records', 'opportunity', 'list', 'board'] }
  return useMutation({
    mutationFn: ({ record, ...body }: Move) => api.post<Rec>(`opportunities/${record.id}/move`, body, { ifMatch: record.version }),
    onMutate: async ({ record, stage }) => {
      await client.cancelQueries(boards)
      const before = client.getQueriesData<BoardData>(boards)
      client.setQueriesData<BoardData>(boards, board => board && moved(board, record.id, stage))
      return before
    },
    onError: (_error, _move, before) => before?.forEach(([key, data]) => client.setQueryData(key, data)),
    onSuccess: saved => {
      if (saved?.id) client.setQueryData(keys.record('opportunity', saved.id), saved)
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.type('opportunity') }),
  })
}
