import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Rec, RecordType, Ref } from '@/api/types'
import type { PeopleRule } from '../definition/sop'

/** The record on which rules and texts are tried while they are written. */
export type Sample = { type: RecordType | undefined; record: Ref | null; choose: (id: string | null) => void }

export const SampleContext = createContext<Sample>({ type: undefined, record: null, choose: () => undefined })
export const useSample = () => useContext(SampleContext)

/** The newest record that the user may see, until another is chosen. */
export function useSampleOf(type: RecordType | undefined): Sample {
  const [chosen, choose] = useState<string | null>(null)
  const newest = useQuery({
    queryKey: keys.list(type?.key ?? '', { sample: true }),
    queryFn: () => api.get<Page<Rec>>(type!.plural, { limit: 1, sort: '-createdAt' }),
    enabled: type !== undefined,
    staleTime: 5 * 60_000,
  })
  const one = useQuery({ queryKey: keys.record(type?.key ?? '', chosen ?? ''), queryFn: () => api.get<Rec>(`${type!.plural}/${chosen}`), enabled: type !== undefined && chosen !== null })
  const record = chosen === null ? newest.data?.items[0] : one.data
  const [id, name] = [record?.id, record && String(record[type?.nameField ?? ''] ?? record.number ?? record.id)]
  return useMemo(() => ({ type, choose, record: id && name ? { id, name } : null }), [type, id, name])
}

function useLater<T>(value: T, ms: number): T {
  const [later, set] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => set(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return later
}

export type Found = { count: number; people: { id: string; name: string; position: string | null; standsInFor: Ref | null }[] }

/** Whom a rule would find now. */
export function useToday(rule: PeopleRule | undefined) {
  const { type, record } = useSample()
  const body = useLater(JSON.stringify({ type: type?.key, recordId: record?.id, rule }), 250)
  return useQuery({
    queryKey: ['preview', 'people', body],
    queryFn: () => api.post<Found>('sops/preview/people', JSON.parse(body)),
    enabled: rule !== undefined && type !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    meta: { quiet: true },
  })
}

/** What a template says of the sample. */
export function useRendered(text: Label | undefined) {
  const { type, record } = useSample()
  const body = useLater(JSON.stringify({ type: type?.key, recordId: record?.id, text }), 300)
  return useQuery({
    queryKey: ['preview', 'text', body],
    queryFn: () => api.post<Label>('sops/preview/text', JSON.parse(body)),
    enabled: text !== undefined && type !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
    meta: { quiet: true },
  })
}
