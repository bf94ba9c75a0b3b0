import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Ref } from '@/api/types'
import type { Mark } from '../canvas/context'
import type { Sop } from '../definition/sop'
import type { SopVersion } from '../sops/sops'

/** One side of a comparison; the draft has no version. */
export type CompareSide = Partial<Omit<SopVersion, 'version'>> & { version: number | null; definition: Sop }
export type StepPlace = { owner: string | null; way: string; after: string | null }
export type InputChange = { path: string; label?: Label | null; before: unknown; after: unknown }
export type StepChange = { step: string; name: Label | null; kind: string; differences: Mark[]; placeBefore: StepPlace | null; placeAfter: StepPlace | null; inputs: InputChange[] }
export type Comparison = { from: CompareSide; to: CompareSide; head: InputChange[]; steps: StepChange[] }

/** `draft` or a version's number, as in an address. */
export type Which = string

export const compareQuery = (key: string, from?: Which | null, to?: Which | null) =>
  queryOptions({ queryKey: keys.sops('compare', key, from ?? '', to ?? ''), queryFn: () => api.get<Comparison>(`sops/${key}/compare`, { from, to }) })

export const versionsQuery = (key: string) => queryOptions({ queryKey: keys.sops('versions', key), queryFn: () => api.get<Page<SopVersion>>(`sops/${key}/versions`, { limit: 200 }) })

/** Where steps went: new by old; empty for nowhere. */
export type StepMap = Record<string, string>

export type PreviewStep = { step: string; name: Label | null; kind: string; runs: number; to: string | null }
export type PreviewWait = { step: string; name: Label | null; kind: string; to: string | null; who: Ref[]; until: string | null }
export type PreviewRun = { run: string; record: (Ref & { type: string }) | null; version: number; state: string; can: boolean; why: Label[]; waits: PreviewWait[] }
export type Preview = {
  to: number | null
  runs: number
  more: boolean
  movable: number
  refused: number
  steps: PreviewStep[]
  reasons: { why: Label; runs: number }[]
  items: PreviewRun[]
  next: string | null
}

/** What a migration is asked for: of all open runs of the SOP, or of some. */
export type MigrationWish = { key: string; to: Which; runs?: string[] }

export const previewQuery = ({ key, to, runs }: MigrationWish, map: StepMap) =>
  queryOptions({
    queryKey: keys.runs('preview', key, to, runs ?? null, map),
    queryFn: () => api.post<Preview>(`sops/${key}/migration/preview`, { to, runs, map }),
    staleTime: 0,
  })

export type Stayed = { run: string; record: (Ref & { type: string }) | null; version: number; why: Label[] }
export type Migration = { id: string; to: number; total: number; moved: number; refused: number; createdAt: string; createdBy: Ref | null; endedAt: string | null }

export const migrationsQuery = (key: string) => queryOptions({ queryKey: keys.migrations(key), queryFn: () => api.get<Page<Migration>>(`sops/${key}/migrations`, { limit: 20 }) })
export const migrationQuery = (key: string, id: string) =>
  queryOptions({ queryKey: keys.migrations(key, id), queryFn: () => api.get<Migration & { stayed: Stayed[] }>(`sops/${key}/migrations/${id}`) })
