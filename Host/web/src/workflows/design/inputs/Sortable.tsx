import { DndContext, PointerSensor, useDraggable, useDroppable, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core'
import { HolderOutlined } from '@ant-design/icons'
import { useId, type KeyboardEvent, type ReactNode } from 'react'
import { t } from '@/texts'

type Props<T> = { items: T[]; onChange: (items: T[]) => void; /** What a row is called, for its handle. */ nameOf: (item: T, i: number) => string; children: (item: T, i: number, handle: ReactNode) => ReactNode }

export function moved<T>(items: T[], from: number, to: number): T[] {
  const next = [...items]
  next.splice(to, 0, ...next.splice(from, 1))
  return next
}

/** Rows whose handle drags them, or moves them with the arrow keys. */
export function Sortable<T>({ items, onChange, nameOf, children }: Props<T>) {
  const list = useId()
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }))
  const end = ({ active, over }: DragEndEvent) => {
    const [from, to] = [Number(active.data.current?.index), Number(over?.data.current?.index)]
    if (over && from !== to) onChange(moved(items, from, to))
  }
  const step = (event: KeyboardEvent<HTMLElement>, i: number) => {
    const to = i + (event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0)
    if (to === i || to < 0 || to >= items.length) return
    event.preventDefault()
    event.stopPropagation()
    onChange(moved(items, i, to))
    const rows = event.currentTarget.closest('.sortable')
    requestAnimationFrame(() => rows?.querySelectorAll<HTMLElement>(':scope > .sortable-row > * .sortable-handle')[to]?.focus())
  }
  return (
    <DndContext sensors={sensors} onDragEnd={end}>
      <div className="sortable">
        {items.map((item, i) => <Row key={i} id={`${list}${i}`} index={i} name={nameOf(item, i)} step={event => step(event, i)}>{handle => children(item, i, handle)}</Row>)}
      </div>
    </DndContext>
  )
}

type RowProps = { id: string; index: number; name: string; step: (event: KeyboardEvent<HTMLElement>) => void; children: (handle: ReactNode) => ReactNode }

function Row({ id, index, name, step, children }: RowProps) {
  const drag = useDraggable({ id, data: { index } })
  const drop = useDroppable({ id, data: { index } })
  const handle = (
    <button type="button" ref={drag.setActivatorNodeRef} className="sortable-handle" title={t('designer.sortHelp')} aria-label={t('designer.sort', { name })} {...drag.listeners} onKeyDown={step}>
      <HolderOutlined aria-hidden />
    </button>
  )
  const before = drop.isOver && drop.active !== null && Number(drop.active.data.current?.index) > index
  const looks = ['sortable-row', drag.isDragging && 'sortable-dragged', drop.isOver && !drag.isDragging && (before ? 'sortable-before' : 'sortable-after')]
  return (
    <div
      ref={node => {
        drag.setNodeRef(node)
        drop.setNodeRef(node)
      }}
      className={looks.filter(Boolean).join(' ')}
      style={drag.transform ? { transform: `translate(${drag.transform.x}px, ${drag.transform.y}px)` } : undefined}
    >
      {children(handle)}
    </div>
  )
}
