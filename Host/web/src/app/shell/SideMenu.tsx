import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { NavLink } from 'react-router'
import { t } from '@/texts'
import { Brand } from './Brand'
import { useNav, type NavItem } from './nav'

export function SideMenu() {
  const [narrow, setNarrow] = useState(() => localStorage.getItem('crm.menu') === 'narrow')
  const groups = useNav()
  const toggle = () => {
    localStorage.setItem('crm.menu', narrow ? 'wide' : 'narrow')
    setNarrow(!narrow)
  }
  return (
    <nav className={narrow ? 'side side-narrow' : 'side'} aria-label={t('app.menu')}>
      <Brand small={narrow} />
      <div className="side-groups">
        {groups.map(group => (
          <div key={group.key} className="side-group">
            {group.text && !narrow && <div className="side-title">{group.text}</div>}
            {group.items.map(item => <MenuLink key={item.to} item={item} narrow={narrow} />)}
          </div>
        ))}
      </div>
      <Button
        type="text"
        className="side-fold"
        aria-label={narrow ? t('app.menuUnfold') : t('app.menuFold')}
        icon={narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        onClick={toggle}
      />
    </nav>
  )
}

export function MenuLink({ item, narrow, onOpen }: { item: NavItem; narrow?: boolean; onOpen?: () => void }) {
  const link = (
    <NavLink to={item.to} end={item.to === '/'} className="side-link" aria-label={narrow ? item.text : undefined} onClick={onOpen}>
      <span className="side-icon" aria-hidden>{item.icon}</span>
      {!narrow && <span className="side-text">{item.text}</span>}
    </NavLink>
  )
  return narrow ? <Tooltip title={item.text} placement="right">{link}</Tooltip> : link
}
