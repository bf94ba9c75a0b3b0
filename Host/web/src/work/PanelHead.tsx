import { CloseOutlined, InfoCircleOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Label } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { label, t } from '@/texts'
import { dateTime, due } from '@/ui/format'
import type { About } from './types'
import { useNow } from './useNow'

type Props = { title: string; record: About | null; dueAt: string | null; dueWhy?: Label | string | null; open: boolean; why: Label | string | null; facts: ReactNode; menu?: ReactNode; close: () => void }

/** The top of an opened task or approval: what, about whom, until when, and why it came. */
export function PanelHead({ title, record, dueAt, dueWhy, open, why, facts, menu, close }: Props) {
  const now = useNow()
  const type = useCatalogue().byKey(record?.type)
  const late = dueAt !== null && open && Date.parse(dueAt) < now.getTime()
  return (
    <header className="work-panel-head">
      <div className="work-panel-title">
        <h2>{title}</h2>
        {menu}
        <Button type="text" icon={<CloseOutlined />} aria-label={t('app.close')} onClick={close} />
      </div>
      <div className="work-facts">
        {record && (type ? <Link to={`/${type.plural}/${record.id}`}>{record.name}</Link> : <span>{record.name}</span>)}
        {dueAt && open && <Tooltip title={dueWhy ? label(dueWhy) : dateTime(dueAt)}><span className={late ? 'work-late' : 'muted'}>{due(dueAt, now)}</span></Tooltip>}
        {facts}
      </div>
      {why && label(why) && <p className="work-why"><InfoCircleOutlined aria-hidden /> <span>{label(why)}</span></p>}
    </header>
  )
}
