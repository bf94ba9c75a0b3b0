import { queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Act, Catalogue, Me, RecordType } from '@/api/types'

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => api.get<Me>('me', undefined, { anonymous: true }),
  staleTime: 5 * 60_000,
  retry: false,
})

export const catalogueQuery = queryOptions({
  queryKey: keys.catalogue,
  queryFn: () => api.get<Catalogue>('catalogue'),
  staleTime: 5 * 60_000,
})

export const MeContext = createContext<Me | null>(null)

/** Who is signed in; only inside the signed-in part of the page. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe outside the signed-in page')
  return me
}

/** Asks for a permission such as `sop.manage`. */
export function useCan() {
  const me = useMe()
  return (permission: string) => me.admin || me.permissions.includes(permission)
}

export function useCatalogue() {
  const { data } = useQuery(catalogueQuery)
  const types = data?.types ?? []
  return {
    ready: data !== undefined,
    types,
    byKey: (key: string | null | undefined) => types.find(type => type.key === key),
    byPlural: (plural: string | null | undefined) => types.find(type => type.plural === plural),
  }
}

export const may = (type: RecordType | undefined, act: Act) => type?.can[act] === true

/** Of several types the one that is meant most often. */
export const usual = (types: RecordType[]) => ['lead', 'customer', 'contact', 'opportunity'].map(key => types.find(type => type.key === key)).find(Boolean) ?? types[0]
