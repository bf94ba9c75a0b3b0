import { AuditOutlined, CheckOutlined, CloseOutlined, FileDoneOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { useEffect, useRef } from 'react'
import { label, t, tMaybe } from '@/texts'
import { ago, due, shortMoney } from '@/ui/format'
import { bandOf, cameBack, inBands, thing, type Sort } from './queue'
import type { Item } from './types'
import { useNow } from './useNow'

type Props = {
  items: Item[]
  open: string | undefined
  go: (id: string) => void
  done: boolean
  sort: Sort
  /** Ids that are marked for one act on many; null while nothing is to be marked. */
  marked: Set<string> | null
  mark: (id: string) => void
}

export function QueueList({ items, sort, ...rest }: Props) {
  const now = useNow()
  if (rest.done || sort === 'value') return <ul className="plain">{items.map(item => <Row key={item.id} item={item} now={now} {...rest} />)}</ul>
  return (
    <>
      {inBands(items, now).map(({ band, items: some }) => (
        <div key={band}>
          <h2 className={`band band-${band}`}>{t(`work.band_${band}`)} <span>{some.length}</span></h2>
          <ul className="plain">{some.map(item => <Row key={item.id} item={item} now={now} {...rest} />)}</ul>
        </div>
      ))}
    </>
  )
}

function Row({ item, open, go, now, done, marked, mark }: Omit<Props, 'items' | 'sort'> & { item: Item; now: Date }) {
  const active = item.id === open
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const { title, record, dueAt, state, value, snoozedUntil } = thing(item)
  const worth = value ? shortMoney(value) : null
  const sub = item.kind === 'task'
    ? [record?.name, item.task.sop && label(item.task.sop.name), worth, item.task.via && t('work.viaShort', { name: item.task.via.name })]
    : [item.approval.initiator.name, worth]
  const late = !done && bandOf(item, now) === 'overdue'
  const back = !done && snoozedUntil && Date.parse(snoozedUntil) > now.getTime() ? snoozedUntil : null
  return (
    <li className={active ? 'work-line work-line-active' : 'work-line'}>
      {marked && <Checkbox className="work-mark" checked={marked.has(item.id)} onChange={() => mark(item.id)} aria-label={t('work.mark', { title })} />}
      <button ref={row} type="button" className="work-row" aria-current={active} onClick={() => go(item.id)}>
        <span className={`work-icon work-icon-${item.kind}`} aria-label={t(`work.kind_${item.kind}`)} role="img">
          {done ? (['rejected', 'cancelled'].includes(state) ? <CloseOutlined /> : <CheckOutlined />) : item.kind === 'task' ? <FileDoneOutlined /> : <AuditOutlined />}
        </span>
        <span className="grow">
          <span className="work-title ellipsis">{!done && cameBack(item) && <span className="chip chip-gold">{t('work.cameBack')}</span>} {title}</span>
          <span className="work-sub muted ellipsis">{sub.filter(Boolean).join(' · ')}</span>
        </span>
        <span className={late ? 'work-due work-late nums' : 'work-due muted nums'}>
          {done ? (item.kind === 'task' ? item.task.completedAt && ago(item.task.completedAt) : tMaybe(`work.state_${state}`, state))
            : back ? t('work.backAt', { at: due(back, now) }) : dueAt && due(dueAt, now)}
        </span>
      </button>
    </li>
  )
}
