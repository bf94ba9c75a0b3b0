import { Background, MiniMap, ReactFlow, type Edge, type Node, type ReactFlowInstance } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useDark } from '@/app/theme'
import { useWide } from '@/app/useWide'
import { CanvasTools } from './CanvasTools'
import { CanvasContext, type CanvasView } from './context'
import './flow.css'
import { layout, type Flow } from './layout'
import { measureIn } from './measure'
import { nodeTypes } from './nodes'
import { SlotEdge, type SlotEdgeData } from './SlotEdge'

const edgeTypes = { slot: SlotEdge }

/** An SOP drawn top to bottom. */
export default function FlowCanvas(view: CanvasView) {
  const { words, states, taken, selected, select, problems, insert, move } = view
  const dark = useDark()
  const wide = useWide()
  const frame = useRef<HTMLDivElement>(null)
  const instance = useRef<ReactFlowInstance | null>(null)
  const { full, toggleFull } = useFullscreen(frame)
  const flow = useMemo(() => layout(words.sop, measureIn(words)), [words])
  const nodes = useMemo(() => flow.nodes.map(toNode), [flow])
  const edges = useMemo(() => toEdges(flow, states, taken), [flow, states, taken])
  const context = useMemo(
    () => ({ words, states, taken, selected, select, problems, insert, move }),
    [words, states, taken, selected, select, problems, insert, move],
  )
  const start = useCallback(
    (ready: ReactFlowInstance) => {
      instance.current = ready
      const width = frame.current?.clientWidth ?? 800
      const zoom = Math.max(width < 600 ? 0.72 : 0.5, Math.min(1, (width - 32) / flow.width))
      const middle = flow.nodes[0] ? flow.nodes[0].x + flow.nodes[0].width / 2 : flow.width / 2
      void ready.setViewport({ x: width / 2 - middle * zoom, y: 24, zoom })
    },
    [flow],
  )
  useShown(instance, flow, selected)
  return (
    <CanvasContext value={context}>
      <div className="flow" ref={frame}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onInit={start as never}
          colorMode={dark ? 'dark' : 'light'}
          minZoom={0.1}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnScroll
          zoomOnDoubleClick={false}
          onlyRenderVisibleElements={flow.nodes.length > 120}
          onPaneClick={() => select(null)}
        >
          <Background gap={20} size={1} />
          <CanvasTools full={full} toggleFull={toggleFull} />
          {wide && <MiniMap style={{ width: 150, height: 110 }} pannable zoomable nodeBorderRadius={16} nodeColor="var(--ant-color-fill)" ariaLabel={null} />}
        </ReactFlow>
      </div>
    </CanvasContext>
  )
}

const toNode = (node: Flow['nodes'][number]): Node => ({
  id: node.id,
  type: node.kind,
  data: node as unknown as Record<string, unknown>,
  position: { x: node.x, y: node.y },
  width: node.width,
  height: node.height,
  zIndex: node.kind === 'frame' ? -1 : 0,
})

function toEdges(flow: Flow, states: CanvasView['states'], taken: CanvasView['taken']): Edge<SlotEdgeData>[] {
  const came = (id: string) => id === 'start' || states?.[id] !== undefined || taken?.has(id) === true || (id.endsWith('/join') && states?.[id.slice(0, -5)] === 'done')
  return flow.edges.map(edge => ({
    id: edge.id,
    source: edge.from,
    target: edge.to,
    type: 'slot',
    data: { slot: edge.slot, joins: edge.to.endsWith('/join'), taken: states ? came(edge.from) && (came(edge.to) || (edge.to === 'finish' && states[edge.from] === 'done')) : null },
  }))
}

/** Brings a step that was chosen elsewhere (a list of problems, the history) into view. */
function useShown(instance: React.RefObject<ReactFlowInstance | null>, flow: Flow, selected: string | null) {
  useEffect(() => {
    const node = flow.nodes.find(one => one.id === selected)
    const ready = instance.current
    if (!node || !ready) return
    const { x, y, zoom } = ready.getViewport()
    const bounds = document.querySelector('.flow')?.getBoundingClientRect()
    if (!bounds) return
    const left = node.x * zoom + x
    const top = node.y * zoom + y
    const inside = left >= 0 && top >= 0 && left + node.width * zoom <= bounds.width && top + node.height * zoom <= bounds.height
    if (!inside) void ready.setCenter(node.x + node.width / 2, node.y + node.height / 2, { zoom: Math.max(zoom, 0.7), duration: 250 })
  }, [instance, flow, selected])
}

function useFullscreen(frame: React.RefObject<HTMLDivElement | null>) {
  const [full, setFull] = useState(false)
  useEffect(() => {
    const change = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', change)
    return () => document.removeEventListener('fullscreenchange', change)
  }, [])
  const toggleFull = () => void (document.fullscreenElement ? document.exitFullscreen() : frame.current?.requestFullscreen())
  return { full, toggleFull }
}
