import { PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useWide } from '@/app/useWide'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { RowsSkeleton } from '@/ui/Skeletons'
import { AdminSection } from '../AdminSection'
import { RoleEditor } from './RoleEditor'
import { permissionsQuery, rolesQuery, type Role } from './roles'

const blank: Role = { key: '', name: { zh: '', en: '' }, builtIn: false, permissions: [], scopes: { '*': 'own' } }

export function RolesPage() {
  const wide = useWide()
  const roles = useQuery(rolesQuery)
  const permissions = useQuery(permissionsQuery)
  const [chosen, choose] = useState<string | null>(null)
  const error = roles.error ?? permissions.error
  const items = roles.data?.items ?? []
  const role = chosen === '' ? blank : (items.find(one => one.key === chosen) ?? items[1] ?? items[0])
  return (
    <AdminSection title={t('platform.roles')} actions={<Button type="primary" icon={<PlusOutlined />} onClick={() => choose('')}>{t('platform.newRole')}</Button>}>
      {error ? <Failure error={error} again={() => void roles.refetch()} /> : !role || !permissions.data ? <RowsSkeleton /> : (
        <div className="roles">
          {wide ? (
            <nav className="panel role-list" aria-label={t('platform.roles')}>
              {items.map(one => (
                <button key={one.key} type="button" className={one.key === role.key ? 'role-item chosen' : 'role-item'} aria-current={one.key === role.key} onClick={() => choose(one.key)}>
                  {label(one.name)}
                </button>
              ))}
            </nav>
          ) : <Select value={role.key} onChange={choose} options={items.map(one => ({ value: one.key, label: label(one.name) }))} aria-label={t('platform.roles')} />}
          <RoleEditor key={role.key} role={role} permissions={permissions.data.items} saved={choose} />
        </div>
      )}
    </AdminSection>
  )
}
