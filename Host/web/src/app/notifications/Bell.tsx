import { BellOutlined } from '@ant-design/icons'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useWide } from '@/app/useWide'
import { t } from '@/texts'
import { NotificationList } from './NotificationList'
import { useNotifications, useOpenNotification, useReadAll } from './notifications'

export function Bell() {
  const wide = useWide()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const { data } = useNotifications()
  const openOne = useOpenNotification()
  const readAll = useReadAll()
  const first = data?.pages[0]
  const unread = first?.unread ?? 0
  const bell = (
    <Button
      type="text"
      aria-label={unread > 0 ? t('app.notificationsNew', { n: unread }) : t('app.notifications')}
      icon={<Badge count={unread} size="small" overflowCount={99}><BellOutlined className="bell" /></Badge>}
      onClick={wide ? undefined : () => void navigate('/notifications')}
    />
  )
  if (!wide) return bell
  const panel = (
    <div className="bell-panel">
      <div className="bell-head">
        <strong>{t('app.notifications')}</strong>
        {unread > 0 && <Button type="link" size="small" onClick={() => readAll.mutate()}>{t('app.readAll')}</Button>}
      </div>
      {first && first.items.length > 0
        ? <NotificationList items={first.items.slice(0, 8)} open={item => { setOpen(false); openOne(item) }} />
        : <p className="bell-none">{t('app.noNotifications')}</p>}
      <Link to="/notifications" className="bell-all" onClick={() => setOpen(false)}>{t('app.allNotifications')}</Link>
    </div>
  )
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" arrow={false} content={panel} styles={{ container: { padding: 0 } }}>
      {bell}
    </Popover>
  )
}
