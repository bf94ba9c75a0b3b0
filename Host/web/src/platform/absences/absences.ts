import { api } from '@/api/client'
import type { Page, Ref } from '@/api/types'

export type Absence = { id: string; user: Ref; from: string; to: string; substitute: Ref | null; note: string | null }

export const absencesKey = ['absences'] as const
export const absencesPage = (past: boolean, after: string | null) => api.get<Page<Absence>>('absences', { past, after, limit: 50 })
