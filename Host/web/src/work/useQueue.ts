import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page } from '@/api/types'
import { makeQueue, type Sort } from './queue'
import type { Approval, Task } from './types'

export type Show = 'all' | 'tasks' | 'approvals' | 'snoozed' | 'done'

function usePaged<T>(kind: 'tasks' | 'approvals', state: string, enabled: boolean) {
  const params = { mine: true, state, limit: 100 }
  return useInfiniteQuery({
    queryKey: keys[kind](params),
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(kind, { ...params, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next,
    enabled,
  })
}

/** My tasks and approvals as one queue. */
export function useQueue(show: Show, sort: Sort) {
  const done = show === 'done'
  const state = show === 'snoozed' ? 'snoozed' : 'open'
  const tasks = usePaged<Task>('tasks', done ? 'done' : state, show !== 'approvals')
  const approvals = usePaged<Approval>('approvals', done ? 'decided' : state, show !== 'tasks')
  const items = useMemo(() => {
    const some = makeQueue(
      show === 'approvals' ? [] : (tasks.data?.pages.flatMap(page => page.items) ?? []),
      show === 'tasks' ? [] : (approvals.data?.pages.flatMap(page => page.items) ?? []),
      sort,
    )
    const ended = (i: (typeof some)[number]) => (i.kind === 'task' ? (i.task.completedAt ?? i.task.createdAt) : i.approval.createdAt)
    return done ? some.sort((a, b) => (ended(a) < ended(b) ? 1 : -1)) : some
  }, [show, sort, done, tasks.data, approvals.data])
  const lists = [...(show === 'approvals' ? [] : [tasks]), ...(show === 'tasks' ? [] : [approvals])]
  return {
    items,
    loading: lists.some(list => list.isPending),
    error: lists.find(list => list.isError)?.error ?? null,
    again: () => lists.forEach(list => void list.refetch()),
    more: {
      hasNextPage: lists.some(list => list.hasNextPage),
      isFetchingNextPage: lists.some(list => list.isFetchingNextPage),
      fetchNextPage: () => lists.filter(list => list.hasNextPage).forEach(list => void list.fetchNextPage()),
    },
  }
}
