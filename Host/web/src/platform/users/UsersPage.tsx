import { PlusOutlined, UserOutlined } from '@ant-design/icons'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ask, say } from '@/app/feedback'
import { may, useCatalogue } from '@/app/me'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { RowsSkeleton } from '@/ui/Skeletons'
import { AdminSection } from '../AdminSection'
import { InvitationDialog } from './InvitationDialog'
import { UserRow } from './UserRow'
import { invite, usersPage, type Invitation, type User } from './users'

const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))
const state = (active: boolean) => JSON.stringify({ field: 'active', op: 'eq', value: active })

/** Who works here: make, invite, change, deactivate. */
export function UsersPage() {
  const client = useQueryClient()
  const type = useCatalogue().byKey('user')
  const [active, setActive] = useState(true)
  const [q, setQ] = useState('')
  const [editing, setEditing] = useState<User | 'new' | null>(null)
  const [invitation, setInvitation] = useState<{ name: string; invitation: Invitation } | null>(null)
  const params = { filter: state(active), q }
  const list = useInfiniteQuery({
    queryKey: keys.list('user', params),
    queryFn: ({ pageParam }) => usersPage(params, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const send = useMutation({
    mutationFn: (user: Pick<User, 'id' | 'name'>) => invite(user.id),
    onSuccess: (made, user) => setInvitation({ name: user.name, invitation: made }),
  })
  const setState = useMutation({
    mutationFn: (user: User) => api.patch(`users/${user.id}`, { active: !user.active }, { ifMatch: user.version }),
    onSuccess: () => {
      say(t('app.saved'))
      return client.invalidateQueries({ queryKey: keys.type('user') })
    },
  })
  const toggle = async (user: User) => {
    if (user.active && !(await ask(t('platform.deactivateAsk', { name: user.name }), { content: t('platform.deactivateText'), ok: t('platform.deactivate'), danger: true }))) return
    setState.mutate(user)
  }
  const users = list.data?.pages.flatMap(page => page.items) ?? []
  const add = may(type, 'create') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>{t('platform.newUser')}</Button>
  return (
    <AdminSection title={t('platform.users')} actions={add}>
      <div className="admin-bar">
        <Segmented value={active} onChange={setActive} options={[{ value: true, label: t('platform.activeUsers') }, { value: false, label: t('platform.inactiveUsers') }]} />
        <Input.Search allowClear placeholder={t('platform.findUser')} aria-label={t('platform.findUser')} onSearch={setQ} className="admin-search" />
      </div>
      {list.isPending ? <RowsSkeleton /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : users.length === 0 ? (
        <Blank icon={<UserOutlined />} title={t('platform.noUsers')} text={active && !q ? t('platform.noUsersText') : undefined}>{active && !q && add}</Blank>
      ) : (
        <>
          <ul className="plain panel admin-list">
            {users.map(user => <UserRow key={user.id} user={user} edit={() => setEditing(user)} invite={() => send.mutate(user)} toggle={() => void toggle(user)} />)}
          </ul>
          <LoadMore of={list} />
        </>
      )}
      <Suspense>
        {editing && type && (
          <RecordDrawer
            type={type}
            record={editing === 'new' ? undefined : editing}
            close={() => setEditing(null)}
            done={record => {
              if (editing === 'new') send.mutate({ id: record.id, name: String(record.name) })
            }}
          />
        )}
      </Suspense>
      {invitation && <InvitationDialog {...invitation} close={() => setInvitation(null)} />}
    </AdminSection>
  )
}
