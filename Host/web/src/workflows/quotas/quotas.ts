import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Ref } from '@/api/types'

export const periods = ['minute', 'hour', 'day'] as const
export type Per = (typeof periods)[number]

export type Quota = {
  id: string
  /** Null: of all SOPs. */
  sop: { key: string; name: Label } | null
  unit: Ref | null
  per: Per
  most: number
  used: number
  waiting: number
  until: string | null
}

export type QuotaBody = { sop: string | null; unit: string | null; per: Per; most: number }

export const quotasQuery = (sop: string) => queryOptions({ queryKey: keys.quotas(sop), queryFn: () => api.get<Page<Quota>>('quotas', { sop }) })
