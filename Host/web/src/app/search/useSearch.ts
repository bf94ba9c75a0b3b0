import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '@/api/client'

export type Hit = { id: string; name: string; number: string | null }
type Group = { type: string; plural: string; items: Hit[]; more: boolean }

const order = ['lead', 'customer', 'contact', 'opportunity', 'quote', 'product']
const rank = (type: string) => (order.includes(type) ? order.indexOf(type) : order.length)

/** The first hits of each type, asked for a moment after typing stops. */
export function useSearch(text: string) {
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), 180)
    return () => clearTimeout(timer)
  }, [text])
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => api.get<{ groups: Group[] }>('search', { q }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const groups = q === '' ? [] : [...(found.data?.groups ?? [])].sort((a, b) => rank(a.type) - rank(b.type))
  return { groups, searched: q, loading: q !== '' && found.isFetching }
}
