import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Label, Page } from '@/api/types'

export const scopes = ['none', 'own', 'unit', 'unitAndBelow', 'all'] as const
export type Scope = (typeof scopes)[number]

export type Role = { key: string; name: Label; builtIn: boolean; permissions: string[]; scopes: Record<string, Scope> }
export type Permission = { key: string; label: Label; group: Label | null }

export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: () => api.get<Page<Role>>('roles'), staleTime: 5 * 60_000, retry: false })
export const permissionsQuery = queryOptions({ queryKey: ['permissions'], queryFn: () => api.get<{ items: Permission[] }>('permissions'), staleTime: 30 * 60_000 })
