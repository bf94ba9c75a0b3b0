import { MoreOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { rolesQuery } from '@/platform/roles/roles'
import { label, t } from '@/texts'
import { Avatar } from '@/ui/Avatar'
import type { User } from './users'

type Props = { user: User; edit: () => void; invite: () => void; toggle: () => void }

export function UserRow({ user, edit, invite, toggle }: Props) {
  const roles = useQuery(rolesQuery)
  const changeable = user.can?.update !== false
  const menu = [
    { key: 'edit', label: t('app.edit'), onClick: edit },
    ...(user.active ? [{ key: 'invite', label: t('platform.invite'), onClick: invite }] : []),
    { key: 'toggle', label: t(user.active ? 'platform.deactivate' : 'platform.activate'), danger: user.active, onClick: toggle },
  ]
  return (
    <li className="admin-row">
      <Avatar name={user.name} size={36} />
      <div className="grow">
        <button type="button" className="link admin-name" onClick={edit} disabled={!changeable}>{user.name}</button>
        <div className="muted small ellipsis">{[user.email, user.unit?.name, user.position].filter(Boolean).join(' · ')}</div>
      </div>
      <span className="chips admin-roles">
        {(user.roles ?? []).map(key => <span key={key} className="chip chip-blue">{label(roles.data?.items.find(role => role.key === key)?.name) || key}</span>)}
      </span>
      {changeable && <Dropdown menu={{ items: menu }} trigger={['click']}><Button type="text" icon={<MoreOutlined />} aria-label={t('platform.actsFor', { name: user.name })} /></Dropdown>}
    </li>
  )
}
