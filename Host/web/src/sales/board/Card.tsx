import { useDraggable } from '@dnd-kit/core'
import dayjs from 'dayjs'
import { Link } from 'react-router'
import type { Rec, Ref } from '@/api/types'
import { t } from '@/texts'
import { Avatar } from '@/ui/Avatar'
import { money, shortDate } from '@/ui/format'

export function Card({ record }: { record: Rec }) {
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id: record.id, data: { record }, disabled: record.can?.update === false, attributes: { role: 'group', roleDescription: t('sales.card') } })
  return (
    <article ref={setNodeRef} className={isDragging ? 'board-card board-card-gone' : 'board-card'} {...listeners} {...attributes} aria-label={String(record.name)}>
      <CardFace record={record} />
    </article>
  )
}

export function CardFace({ record }: { record: Rec }) {
  const late = typeof record.closeDate === 'string' && !['won', 'lost'].includes(String(record.stage)) && dayjs(record.closeDate).isBefore(dayjs(), 'day')
  return (
    <>
      <Link to={`/opportunities/${record.id}`} className="board-name" draggable={false}>{String(record.name)}</Link>
      {(record.customer as Ref | null) && <div className="board-customer ellipsis">{(record.customer as Ref).name}</div>}
      <div className="board-foot">
        <strong className="nums">{record.amount == null ? '—' : money(Number(record.amount), record.currency as string | undefined)}</strong>
        <span className="grow" />
        {typeof record.closeDate === 'string' && <span className={late ? 'board-late nums' : 'muted nums'} title={t('sales.closeDate')}>{shortDate(record.closeDate)}</span>}
        {record.owner && <span title={record.owner.name}><Avatar name={record.owner.name} size={22} /></span>}
      </div>
    </>
  )
}
