import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec } from '@/api/types'
import { may, useCatalogue } from '@/app/me'

const searched = ['lead', 'customer', 'contact', 'opportunity', 'quote', 'product']

/** The first hits of each type, asked for at once, a moment after typing stops. */
export function useSearch(text: string) {
  const { byKey } = useCatalogue()
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), 180)
    return () => clearTimeout(timer)
  }, [text])
  const types = searched.flatMap(key => {
    const type = byKey(key)
    return type && may(type, 'read') ? [type] : []
  })
  const results = useQueries({
    queries: types.map(type => ({
      queryKey: keys.list(type.key, { q, limit: 5 }),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Page<Rec>>(type.plural, { q, limit: 5 }, { signal }),
      enabled: q !== '',
      placeholderData: keepPreviousData,
    })),
  })
  const groups = useDeferredValue(
    q === '' ? [] : types.map((type, i) => ({ type, hits: results[i]?.data?.items ?? [] })).filter(group => group.hits.length > 0),
  )
  return { groups, searched: q, loading: q !== '' && results.some(result => result.isFetching) }
}
