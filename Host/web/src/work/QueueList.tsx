import { AuditOutlined, CheckOutlined, CloseOutlined, FileDoneOutlined } from '@ant-design/icons'
import { useEffect, useRef } from 'react'
import { label, t, tMaybe } from '@/texts'
import { ago, due, shortMoney } from '@/ui/format'
import { bandOf, inBands } from './queue'
import type { Item } from './types'
import { useNow } from './useNow'

type Props = { items: Item[]; open: string | undefined; go: (id: string) => void; done: boolean }

export function QueueList({ items, open, go, done }: Props) {
  const now = useNow()
  if (done) return <ul className="plain">{items.map(item => <Row key={item.id} item={item} open={open} go={go} now={now} done />)}</ul>
  return (
    <>
      {inBands(items, now).map(({ band, items: some }) => (
        <div key={band}>
          <h2 className={`band band-${band}`}>{t(`work.band_${band}`)} <span>{some.length}</span></h2>
          <ul className="plain">{some.map(item => <Row key={item.id} item={item} open={open} go={go} now={now} />)}</ul>
        </div>
      ))}
    </>
  )
}

function Row({ item, open, go, now, done }: { item: Item; open: string | undefined; go: (id: string) => void; now: Date; done?: boolean }) {
  const active = item.id === open
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const { title, record, dueAt, state } = item.kind === 'task' ? item.task : item.approval
  const total = item.kind === 'approval' ? item.approval.snapshot.find(part => part.field === 'total')?.value : undefined
  const sub = item.kind === 'task'
    ? [record?.name, item.task.sop && label(item.task.sop.name), item.task.via && t('work.viaShort', { name: item.task.via.name })]
    : [item.approval.initiator.name, typeof total === 'number' && shortMoney(total)]
  const late = !done && bandOf(item, now) === 'overdue'
  return (
    <li>
      <button ref={row} type="button" className={active ? 'work-row work-row-active' : 'work-row'} aria-current={active} onClick={() => go(item.id)}>
        <span className={`work-icon work-icon-${item.kind}`} aria-label={t(`work.kind_${item.kind}`)} role="img">
          {done ? (['rejected', 'cancelled'].includes(state) ? <CloseOutlined /> : <CheckOutlined />) : item.kind === 'task' ? <FileDoneOutlined /> : <AuditOutlined />}
        </span>
        <span className="grow">
          <span className="work-title ellipsis">{title}</span>
          <span className="work-sub muted ellipsis">{sub.filter(Boolean).join(' · ')}</span>
        </span>
        <span className={late ? 'work-due work-late nums' : 'work-due muted nums'}>
          {done ? (item.kind === 'task' ? item.task.completedAt && ago(item.task.completedAt) : tMaybe(`work.state_${state}`, state)) : dueAt && due(dueAt, now)}
        </span>
      </button>
    </li>
  )
}
