import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Ref } from '@/api/types'

export type ImportState = 'draft' | 'checking' | 'running' | 'done' | 'failed' | 'undoing' | 'undone'

export type ImportJob = {
  id: string
  type: string
  file: string
  state: ImportState
  total: number
  done: number
  created: number
  updated: number
  skipped: number
  failed: number
  startedAt: string | null
  endedAt: string | null
  createdAt?: string | null
  createdBy?: Ref | null
  /** The figures are those of a trial run. */
  checked?: boolean
  failure?: string | null
  /** Changes that an undo had to leave, because somebody has changed the record since. */
  kept?: number
}

/** What an uploaded file looks like. */
export type UploadedFile = {
  id: string
  columns: string[]
  guess: Record<string, string>
  encoding: string
  delimiter: string
  preview: string[][]
  rows: number
  /** How columns with dates seem to write them. */
  dates?: Record<string, { format: DateFormat }>
  mapping?: Mapping | null
  /** The mapping is that of the last file with these columns. */
  remembered?: boolean | null
  duplicates?: Duplicates
  startSops?: boolean
}

export const dateFormats = ['iso', 'dayFirst', 'monthFirst', 'chinese'] as const
export type DateFormat = (typeof dateFormats)[number]
export type ColumnMapping = { field: string; dateFormat?: DateFormat | null; options?: Record<string, string | null> | null; lookup?: { by?: string | null; create?: boolean } | null }
export type Mapping = Record<string, ColumnMapping | null>
export type Duplicates = 'create' | 'update' | 'skip'
export type ImportPlan = { mapping: Mapping; duplicates: Duplicates; startSops: boolean }

export const active = (state: ImportState | undefined) => state === 'checking' || state === 'running' || state === 'undoing'

export const importsPage = (after: string | null) => api.get<Page<ImportJob>>('imports', { limit: 50, after })

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.imports('one', id),
    queryFn: () => api.get<ImportJob>(`imports/${id}`),
    // progress comes by live events; this only carries a bar on when one is lost
    refetchInterval: query => (active(query.state.data?.state) ? 2_500 : false),
  })

/** Lists of rows with reasons: not written, left out as duplicates, not taken back. */
export type RowList = 'failed' | 'skipped' | 'kept'
const lists = { failed: undefined, skipped: 'skipped', kept: 'undo' }

export const rowsAddress = (id: string, list: RowList) => api.address(`imports/${id}/errors`, { of: lists[list] })
