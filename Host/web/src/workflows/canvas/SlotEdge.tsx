import { PlusOutlined } from '@ant-design/icons'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, useState } from 'react'
import { t } from '@/texts'
import { number } from '@/ui/format'
import { dragType, useCanvas, type Dragged } from './context'
import type { LineEdge } from './drawing'
import { lineBetween } from './line'

/** A line between two pieces; while the SOP is edited it carries the plus that puts a step in there. */
export const SlotEdge = memo(function SlotEdge({ sourceX, sourceY, targetX, targetY, data, id }: EdgeProps<LineEdge>) {
  const { insert, move } = useCanvas()
  const [over, setOver] = useState(false)
  const { path, x, y } = lineBetween(sourceX, sourceY, targetX, targetY, data?.joins === true)
  const slot = data?.slot
  return (
    <>
      <BaseEdge id={id} path={path} className={data?.passed === true ? 'line-taken' : data?.passed === false ? 'line-not' : undefined} />
      {data?.count !== undefined && (
        <EdgeLabelRenderer>
          <span className={data.count === 0 ? 'line-count line-none nums' : 'line-count nums'} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>{number(data.count)}</span>
        </EdgeLabelRenderer>
      )}
      {insert && slot && (
        <EdgeLabelRenderer>
          <button
            type="button"
            className={over ? 'flow-plus flow-plus-over nodrag nopan' : 'flow-plus nodrag nopan'}
            aria-label={t('designer.insertAt', { place: data.after })}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            onClick={() => insert(slot)}
            onDragOver={event => {
              if (!event.dataTransfer.types.includes(dragType)) return
              event.preventDefault()
              setOver(true)
            }}
            onDragLeave={() => setOver(false)}
            onDrop={event => {
              event.preventDefault()
              setOver(false)
              move?.(JSON.parse(event.dataTransfer.getData(dragType)) as Dragged, slot)
            }}
          >
            <PlusOutlined />
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  )
})
