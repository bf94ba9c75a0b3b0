import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec, RecordType } from '@/api/types'
import type { Filter } from '@/records/filter/model'

export type ListParams = { filter?: Filter | null; q?: string; sort?: string; deleted?: boolean; limit?: number }

const query = ({ filter, ...rest }: ListParams) => ({ ...rest, filter: filter ? JSON.stringify(filter) : undefined })

/** Pages of records, one after the other. */
export function useRecordList(type: RecordType, params: ListParams) {
  const asked = query({ limit: 50, ...params })
  return useInfiniteQuery({
    queryKey: keys.list(type.key, asked),
    queryFn: ({ pageParam, signal }) => api.get<Page<Rec>>(type.plural, { ...asked, after: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.next,
    placeholderData: keepPreviousData,
  })
}

/** How many there are, counted up to a limit. */
export function useRecordCount(type: RecordType, params: ListParams) {
  const asked = query({ filter: params.filter, q: params.q })
  return useQuery({
    queryKey: keys.count(type.key, asked),
    queryFn: ({ signal }) => api.get<{ count: number; capped: boolean }>(`${type.plural}/count`, asked, { signal }),
    placeholderData: keepPreviousData,
  })
}
