import { BellOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { Page } from '@/ui/Page'
import { RowsSkeleton } from '@/ui/Skeletons'
import { NotificationList } from './NotificationList'
import { useNotifications, useOpenNotification, useReadAll } from './notifications'

export function NotificationsPage() {
  const list = useNotifications(50)
  const open = useOpenNotification()
  const readAll = useReadAll()
  const items = list.data?.pages.flatMap(page => page.items) ?? []
  const unread = list.data?.pages[0]?.unread ?? 0
  return (
    <Page
      title={t('app.notifications')}
      note={unread > 0 ? t('app.unreadCount', { n: unread }) : undefined}
      actions={unread > 0 && <Button onClick={() => readAll.mutate()} loading={readAll.isPending}>{t('app.readAll')}</Button>}
    >
      {list.isPending ? <RowsSkeleton /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : items.length === 0 ? (
        <Blank icon={<BellOutlined />} title={t('app.noNotifications')} text={t('app.noNotificationsText')} />
      ) : (
        <div className="panel">
          <NotificationList items={items} open={open} />
          <LoadMore of={list} />
        </div>
      )}
    </Page>
  )
}
