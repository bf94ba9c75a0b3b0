import { PlusOutlined } from '@ant-design/icons'
import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, type Edge, type EdgeProps } from '@xyflow/react'
import { useState } from 'react'
import { t } from '@/texts'
import type { Slot } from '../definition/blocks'
import { dragType, useCanvas } from './context'

export type SlotEdgeData = { slot: Slot | null; joins: boolean; taken: boolean | null }

/** A line between two pieces; while the SOP is edited it carries the plus that puts a step in there. */
export function SlotEdge({ sourceX, sourceY, targetX, targetY, data, id }: EdgeProps<Edge<SlotEdgeData>>) {
  const { insert, move } = useCanvas()
  const [over, setOver] = useState(false)
  const bend = data?.joins ? targetY - 22 : sourceY + 22
  const [path] = getSmoothStepPath({ sourceX, sourceY, targetX, targetY, centerY: bend, borderRadius: 10 })
  const x = data?.joins ? sourceX : targetX
  const y = data?.joins ? Math.min(sourceY + 22, targetY - 22) : targetY - 22
  const slot = data?.slot
  return (
    <>
      <BaseEdge id={id} path={path} className={data?.taken === true ? 'line-taken' : data?.taken === false ? 'line-not' : undefined} />
      {insert && slot && (
        <EdgeLabelRenderer>
          <button
            type="button"
            className={over ? 'flow-plus flow-plus-over nodrag nopan' : 'flow-plus nodrag nopan'}
            aria-label={t('workflows.insertHere')}
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
              move?.(event.dataTransfer.getData(dragType), slot)
            }}
          >
            <PlusOutlined />
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  )
}
