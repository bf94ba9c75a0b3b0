import { Panel, useReactFlow, useStore } from '@xyflow/react'
import { useMemo, type PointerEvent } from 'react'
import type { Flow } from './layout'

const size = { width: 150, height: 110 }

/** The whole drawing in a corner, with what is seen of it; a press or drag goes there. */
export function Overview({ flow }: { flow: Flow }) {
  const ready = useReactFlow()
  const cards = useMemo(
    () => flow.nodes.filter(piece => piece.kind !== 'frame' && piece.kind !== 'join').map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join(''),
    [flow],
  )
  const scale = Math.min(0.12, (size.width - 12) / flow.width, (size.height - 12) / flow.height)
  const [left, top] = [(size.width / scale - flow.width) / 2, (size.height / scale - flow.height) / 2]
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return
    const box = event.currentTarget.getBoundingClientRect()
    void ready.setCenter((event.clientX - box.left) / scale - left, (event.clientY - box.top) / scale - top, { zoom: ready.getZoom() })
  }
  return (
    <Panel position="bottom-right" className="flow-overview">
      <svg aria-hidden {...size} viewBox={`${-left} ${-top} ${size.width / scale} ${size.height / scale}`} onPointerDown={event => { event.currentTarget.setPointerCapture(event.pointerId); go(event) }} onPointerMove={go}>
        <path className="flow-overview-cards" d={cards} />
        <Seen scale={scale} />
      </svg>
    </Panel>
  )
}

function Seen({ scale }: { scale: number }) {
  const [x, y, zoom] = useStore(state => state.transform)
  const width = useStore(state => state.width)
  const height = useStore(state => state.height)
  return <rect className="flow-overview-seen" x={-x / zoom} y={-y / zoom} width={width / zoom} height={height / zoom} rx={6 / scale} strokeWidth={1.5 / scale} />
}
