import type { Label } from '@/api/types'
import type { Permission } from './roles'

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
