import { expect, it } from 'vitest'
import { matrixOf } from './matrix'
import type { Permission } from './roles'

const label = (text: string) => ({ zh: text, en: text })
const permission = (key: string, group?: string): Permission => ({ key, label: label(key), group: group ? label(group) : null })

it('makes a row per record type, a column per common act, and keeps the rest apart', () => {
  const matrix = matrixOf([permission('lead.update', 'Leads'), permission('lead.read', 'Leads'), permission('lead.assign', 'Leads'), permission('role.manage')])
  expect(matrix.acts.map(act => act.key)).toEqual(['read', 'update'])
  expect(matrix.rows.map(row => [row.type, Object.keys(row.permissions), row.more.map(one => one.key)])).toEqual([['lead', ['update', 'read'], ['lead.assign']]])
  expect(matrix.general.map(one => one.key)).toEqual(['role.manage'])
})
