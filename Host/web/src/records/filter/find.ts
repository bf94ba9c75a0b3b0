import { createContext, useContext } from 'react'
import type { RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'

type Find = (key: string | null | undefined) => RecordType | undefined

/** Adds types to those of the catalogue for the filters inside, such as what the steps of an SOP hand on. */
export const MoreTypes = createContext<Find | null>(null)

/** Finds the record type that a path goes on to, and how far paths are offered. */
export function useFind(): { find: Find; depth: number } {
  const { byKey } = useCatalogue()
  const more = useContext(MoreTypes)
  return more ? { find: key => more(key) ?? byKey(key), depth: 4 } : { find: byKey, depth: 3 }
}
