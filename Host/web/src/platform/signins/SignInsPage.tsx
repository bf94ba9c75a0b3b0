import { LoginOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Page, Ref } from '@/api/types'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t, tMaybe } from '@/texts'
import { Avatar } from '@/ui/Avatar'
import { Blank } from '@/ui/Blank'
import { Chip } from '@/ui/Chip'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { RowsSkeleton } from '@/ui/Skeletons'
import { dateTime } from '@/ui/format'
import { AdminSection } from '../AdminSection'
import { browserName } from './browser'

type SignIn = { id: string; at: string; user: Ref | null; email: string; way: string; ok: boolean; address: string | null; agent: string | null }

/** Who signed in, when, from where, and who was refused. */
export function SignInsPage() {
  const [refused, setRefused] = useState(false)
  const [user, setUser] = useState<string | null>(null)
  const list = useInfiniteQuery({
    queryKey: ['signIns', refused, user],
    queryFn: ({ pageParam }) => api.get<Page<SignIn>>('sign-ins', { refused, user, after: pageParam, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const items = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <AdminSection title={t('platform.signIns')}>
      <div className="admin-bar">
        <Segmented value={refused} onChange={setRefused} options={[{ value: false, label: t('platform.signInsAll') }, { value: true, label: t('platform.signInsRefused') }]} />
        <span className="admin-bar-person"><ReferenceSelect field={{ references: 'user', label: t('platform.signInsOf') }} value={user} onChange={next => setUser(next as string | null)} placeholder={t('platform.signInsOf')} /></span>
      </div>
      {list.isPending ? <RowsSkeleton rows={6} /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : items.length === 0 ? (
        <Blank icon={<LoginOutlined />} title={t('platform.noSignIns')} />
      ) : (
        <>
          <ul className="plain panel admin-list">
            {items.map(item => (
              <li key={item.id} className="admin-row">
                <Avatar name={item.user?.name ?? item.email} size={36} />
                <div className="grow">
                  <div className="admin-name">{item.user?.name ?? item.email}</div>
                  <div className="muted small ellipsis" title={item.agent ?? undefined}>{[item.user && item.email, item.address, item.agent && browserName(item.agent)].filter(Boolean).join(' · ')}</div>
                </div>
                <Chip color={item.ok ? 'green' : 'red'}>{item.ok ? tMaybe(`platform.way_${item.way}`, item.way) : t('platform.refused')}</Chip>
                <span className="nums small">{dateTime(item.at)}</span>
              </li>
            ))}
          </ul>
          <LoadMore of={list} />
        </>
      )}
    </AdminSection>
  )
}
