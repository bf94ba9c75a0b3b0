import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Ref } from '@/api/types'
import type { Inputs } from '../../definition/sop'
import type { HistoryEntry } from '../runs'

/** Open incidents that one mend would solve. */
export type Cause = { sop: string; step: string; code: string; kind: string; class: string; message: Label; count: number; since: string; last: string }

/** One of them. */
export type OpenIncident = {
  id: string
  run: string
  version: number
  record: Ref & { type: string }
  message: Label
  at: string
  attempts: number
  owner: Ref | null
  can: Rights
}

export type Rights = { retry?: boolean; edit?: boolean; skip?: boolean; cancel?: boolean }
export type Mend = 'retry' | 'skip' | 'cancel' | 'give'
export type MendResult = { done: number; failed: number; items: { run: string; incident: string | null; record: string; ok: boolean; message: string | null }[] }
export type IncidentFilter = { sop?: string; class?: string; owner?: string }
export const failureClasses = ['transient', 'configuration', 'data', 'permission', 'limit'] as const

/** Which are meant: those chosen, else all of the cause. */
export type Target = { cause: Cause; chosen: string[] }

export const causesQuery = (filter: IncidentFilter) => queryOptions({ queryKey: keys.runs('incidents', filter), queryFn: () => api.get<Page<Cause>>('incidents', filter) })
export const openPage = (filter: IncidentFilter & { step: string; code: string }, after?: string | null) => api.get<Page<OpenIncident>>('incidents/open', { ...filter, after, limit: 50 })
export const attemptsQuery = (id: string) => queryOptions({ queryKey: keys.runs('attempts', id), queryFn: () => api.get<Page<HistoryEntry>>(`incidents/${id}/attempts`) })

/** Each is mended by itself; some may have to be left, and say why. */
export const mend = ({ cause: { sop, step, code }, chosen }: Target, how: Mend, more: { inputs?: Inputs; owner?: string } = {}) =>
  api.post<MendResult>(`incidents/${how}`, chosen.length > 0 ? { incidents: chosen, ...more } : { sop, step, code, ...more })
