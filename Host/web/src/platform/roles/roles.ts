import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Label, Page } from '@/api/types'

export const scopes = ['none', 'own', 'unit', 'unitAndBelow', 'all'] as const
export type Scope = (typeof scopes)[number]

export type Role = { key: string; name: Label; builtIn: boolean; permissions: string[]; scopes: Record<string, Scope> }
export type Permission = { key: string; label: Label; group: Label | null }

export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: () => api.get<Page<Role>>('roles'), staleTime: 5 * 60_000, retry: false })
export const permissionsQuery = queryOptions({ queryKey: ['permissions'], queryFn: () => api.get<{ items: Permission[] }>('permissions'), staleTime: 30 * 60_000 })

export type Matrix = { acts: Permission[]; rows: { type: string; label: Label; permissions: Record<string, Permission>; more: Permission[] }[]; general: Permission[] }

const common = ['read', 'create', 'update', 'delete', 'sensitive', 'import', 'export']

/** Permissions as a table: a row per record type, a column per common act; acts of one type only stand with its row. */
export function matrixOf(permissions: Permission[]): Matrix {
  const matrix: Matrix = { acts: [], rows: [], general: [] }
  for (const permission of permissions) {
    const [type = '', act = ''] = permission.key.split('.')
    if (!permission.group) {
      matrix.general.push(permission)
      continue
    }
    let row = matrix.rows.find(one => one.type === type)
    if (!row) matrix.rows.push((row = { type, label: permission.group, permissions: {}, more: [] }))
    if (!common.includes(act)) row.more.push(permission)
    else {
      row.permissions[act] = permission
      if (!matrix.acts.some(one => one.key === act)) matrix.acts.push({ ...permission, key: act })
    }
  }
  matrix.acts.sort((a, b) => common.indexOf(a.key) - common.indexOf(b.key))
  return matrix
}
