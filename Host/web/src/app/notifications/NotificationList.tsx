import type { Notification } from '@/api/types'
import { ago, dateTime } from '@/ui/format'
import { t } from '@/texts'

export function NotificationList({ items, open }: { items: Notification[]; open: (item: Notification) => void }) {
  return (
    <ul className="plain notes">
      {items.map(item => (
        <li key={item.id}>
          <button type="button" className={item.read ? 'note' : 'note note-new'} onClick={() => open(item)}>
            <span className="note-dot" aria-label={item.read ? undefined : t('app.unread')} role={item.read ? undefined : 'img'} />
            <span className="grow">
              <span className="note-title">{item.title}</span>
              {item.body && <span className="note-body">{item.body}</span>}
            </span>
            <time dateTime={item.at} title={dateTime(item.at)} className="muted small">{ago(item.at)}</time>
          </button>
        </li>
      ))}
    </ul>
  )
}
