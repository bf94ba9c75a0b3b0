import { MenuOutlined } from '@ant-design/icons'
import { Drawer } from 'antd'
import { useState } from 'react'
import { NavLink } from 'react-router'
import { t } from '@/texts'
import { useNav } from './nav'
import { MenuLink } from './SideMenu'

/** The menu of a phone: the four most used places, and the rest in a sheet. */
export function TabBar() {
  const groups = useNav()
  const [open, setOpen] = useState(false)
  const all = groups.flatMap(group => group.items)
  const first = ['/', '/leads', '/opportunities', '/customers'].flatMap(to => all.filter(item => item.to === to))
  return (
    <nav className="tabbar" aria-label={t('app.menu')}>
      {first.map(item => (
        <NavLink key={item.to} to={item.to} end={item.to === '/'} className="tabbar-item">
          <span aria-hidden>{item.icon}</span>
          <span>{item.text}</span>
        </NavLink>
      ))}
      <button type="button" className="tabbar-item" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <span aria-hidden><MenuOutlined /></span>
        <span>{t('app.more')}</span>
      </button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="auto" title={t('app.menu')} className="tabbar-sheet">
        {groups.map(group => (
          <div key={group.key} className="side-group">
            {group.text && <div className="side-title">{group.text}</div>}
            {group.items.map(item => <MenuLink key={item.to} item={item} onOpen={() => setOpen(false)} />)}
          </div>
        ))}
      </Drawer>
    </nav>
  )
}
