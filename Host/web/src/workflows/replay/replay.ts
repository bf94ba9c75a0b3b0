import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Ref } from '@/api/types'
import type { Filter } from '@/records/filter/model'
import type { Sop } from '../definition/sop'

/** What cases are counted by; those that tell a difference first. */
export const figures = ['owner', 'way', 'newlyStarted', 'notStarted', 'noApprover', 'nobody', 'failed', 'neverEnds', 'cancelled', 'completed'] as const
export const bad = new Set<string>(['noApprover', 'nobody', 'failed', 'neverEnds'])

export type ReplaySummary = {
  id: string
  sop: string
  version: number | null
  from: string
  to: string
  filter: Filter | null
  state: 'running' | 'done' | 'cancelled' | 'failed'
  /** 0 to 1. */
  progress: number
  cases: number
  figures: Record<string, number>
  error: string | null
  createdAt: string
  createdBy: Ref | null
}

export type ReplayDetail = ReplaySummary & { definition: Sop; steps: Record<string, number>; ways: Record<string, number>; notes: Label[] }

export type Case = {
  seq: number
  record: (Ref & { type: string }) | null
  at: string
  endedAt: string | null
  state: string | null
  runId: string | null
  ownerThen: Ref | null
  ownerNow: Ref | null
  figures: string[]
  message: Label | null
}

export type Period = { version: string; from: string; to: string; filter?: Filter }

export const replaysQuery = (sop: string) => queryOptions({ queryKey: keys.replays('list', sop), queryFn: () => api.get<Page<ReplaySummary>>(`sops/${sop}/replays`, { limit: 20 }) })
export const replayQuery = (id: string) => queryOptions({ queryKey: keys.replays('one', id), queryFn: () => api.get<ReplayDetail>(`replays/${id}`) })
export const startReplay = (sop: string, period: Period) => api.post<ReplayDetail>(`sops/${sop}/replay`, period)
export const casesPage = (id: string, figure: string, after?: string | null) => api.get<Page<Case>>(`replays/${id}/cases`, { figure, after, limit: 50 })
