import { Background, Panel, ReactFlow, type ReactFlowInstance } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useDark } from '@/app/theme'
import { useWide } from '@/app/useWide'
import { t } from '@/texts'
import { CanvasTools } from './CanvasTools'
import { CanvasContext, dragType, type CanvasView } from './context'
import { drawingOf, type Drawing, type LineEdge, type PieceNode } from './drawing'
import './flow.css'
import { layout, type Flow } from './layout'
import { measureIn } from './measure'
import { nodeTypes } from './nodes'
import { Overview } from './Overview'
import { saysIn } from './says'
import { SlotEdge } from './SlotEdge'
import { useArrows } from './useArrows'

const edgeTypes = { slot: SlotEdge }
/** More than this is drawn only where it is seen. */
const many = 80

type Instance = ReactFlowInstance<PieceNode, LineEdge>

/** An SOP drawn top to bottom. */
export default memo(function FlowCanvas(view: CanvasView) {
  const { selected, select, insert, move, moveWay } = view
  const editing = move !== undefined
  const dark = useDark()
  const wide = useWide()
  const frame = useRef<HTMLDivElement>(null)
  const instance = useRef<Instance | null>(null)
  const { full, toggleFull } = useFullscreen(frame)
  const { flow, nodes, edges } = useDrawing(view)
  const acts = useMemo(() => ({ select, insert, move, moveWay }), [select, insert, move, moveWay])
  const start = useCallback(
    (ready: Instance) => {
      instance.current = ready
      const width = frame.current?.clientWidth ?? 800
      // to be read as a whole, or to be worked on: then what one presses must be large enough
      const zoom = Math.max(editing ? 0.86 : width < 600 ? 0.72 : 0.5, Math.min(1, (width - 32) / flow.width))
      const middle = flow.nodes[0] ? flow.nodes[0].x + flow.nodes[0].width / 2 : flow.width / 2
      // its beginning in the middle, unless a side of it would be cut off that has room
      const room = width - 16 - flow.width * zoom
      const centred = width / 2 - middle * zoom
      void ready.setViewport({ x: !editing && room >= 16 ? Math.min(room, Math.max(16, centred)) : centred, y: 24, zoom })
    },
    [flow, editing],
  )
  const size = useSize(frame, instance)
  const reveal = useCallback((id: string) => bringIntoView(instance.current, size.current, flow, id), [flow, size])
  const arrows = useArrows(frame, flow, reveal)
  useEffect(() => {
    if (selected) reveal(selected)
  }, [selected, reveal])
  return (
    <CanvasContext value={acts}>
      <div
        className={editing ? 'flow flow-edits' : 'flow'}
        ref={frame}
        role="region"
        aria-label={t('workflows.tab_flow')}
        onKeyDown={arrows}
        onDragOver={event => event.dataTransfer.types.includes(dragType) && panAtEdge(instance.current, frame.current, event)}
        onFocus={event => panToFocus(instance.current, frame.current, event.target)}
        onScrollCapture={event => (event.target as HTMLElement).closest('.react-flow') && (event.target as HTMLElement).scrollTo(0, 0)}
        onDropCapture={() => frame.current?.classList.remove('dragging')}
      >
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onInit={start}
          colorMode={dark ? 'dark' : 'light'}
          minZoom={0.1}
          maxZoom={1.6}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          panOnScroll
          zoomOnDoubleClick={false}
          onlyRenderVisibleElements={flow.nodes.length > many}
          onPaneClick={() => select(null)}
        >
          <Background gap={20} size={1} />
          {editing && view.words.sop.steps.length === 0 && <Panel position="bottom-center" className="flow-hint">{t('designer.emptyHint')}</Panel>}
          <CanvasTools full={full} toggleFull={toggleFull} />
          {wide && <Overview flow={flow} />}
        </ReactFlow>
      </div>
    </CanvasContext>
  )
})

function useDrawing(view: CanvasView): Drawing {
  const { words, states, taken, selected, group, problems, marks, bubbles, counts, move } = view
  const before = useRef<Drawing | null>(null)
  const says = useMemo(() => saysIn(words, before.current?.says), [words])
  const flow = useMemo(() => layout(words.sop, measureIn(says)), [words, says])
  const drawing = useMemo(
    () => drawingOf(flow, says, view, before.current),
    // the rest of the view does not show
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [flow, says, states, taken, selected, group, problems, marks, bubbles, counts, move === undefined],
  )
  useEffect(() => {
    before.current = drawing
  }, [drawing])
  return drawing
}

type Size = { width: number; height: number }

/** The window's size as it was last told; asking for it would make the browser lay out the page at once. */
function useSize(frame: React.RefObject<HTMLElement | null>, instance: React.RefObject<Instance | null>) {
  const size = useRef<Size | null>(null)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const wider = entry!.contentRect.width - (size.current?.width ?? entry!.contentRect.width)
      size.current = entry!.contentRect
      // what was in the middle stays there when a panel opens beside it
      const at = instance.current?.getViewport()
      if (at && wider !== 0) void instance.current!.setViewport({ ...at, x: at.x + wider / 2 })
    })
    if (frame.current) watch.observe(frame.current)
    return () => watch.disconnect()
  }, [frame, instance])
  return size
}

/** Pans to a piece that was chosen elsewhere: a list of problems, the history, the keyboard. */
function bringIntoView(ready: Instance | null, size: Size | null, flow: Flow, id: string) {
  const piece = flow.nodes.find(one => one.id === id)
  if (!piece || !ready || !size) return
  const { x, y, zoom } = ready.getViewport()
  const left = piece.x * zoom + x
  const top = piece.y * zoom + y
  const inside = left >= 0 && top >= 0 && left + piece.width * zoom <= size.width && top + piece.height * zoom <= size.height
  if (!inside) void ready.setCenter(piece.x + piece.width / 2, piece.y + piece.height / 2, { zoom: Math.max(zoom, 0.7) })
}

/** The keyboard may come to what lies outside of the window. The browser would scroll there, which the canvas does not know of. */
function panToFocus(ready: Instance | null, frame: HTMLElement | null, to: Element) {
  if (!ready || !frame || !to.matches('.flow-plus, [data-step], [data-way]')) return
  const [box, piece] = [frame.getBoundingClientRect(), to.getBoundingClientRect()]
  const push = (from: number, till: number, start: number, end: number) => (start < from ? from - start + 16 : end > till ? till - end - 16 : 0)
  const [dx, dy] = [push(box.left, box.right, piece.left, piece.right), push(box.top, box.bottom, piece.top, piece.bottom)]
  if (dx === 0 && dy === 0) return
  const { x, y, zoom } = ready.getViewport()
  void ready.setViewport({ x: x + dx, y: y + dy, zoom })
}

const edge = 56

/** What is dragged to the edge of the window goes on beyond it. */
function panAtEdge(ready: Instance | null, frame: HTMLElement | null, at: { clientX: number; clientY: number }) {
  const box = frame?.getBoundingClientRect()
  if (!ready || !box) return
  const push = (from: number, to: number, here: number) => (here - from < edge ? 14 : to - here < edge ? -14 : 0)
  const [dx, dy] = [push(box.left, box.right, at.clientX), push(box.top, box.bottom, at.clientY)]
  if (dx === 0 && dy === 0) return
  const { x, y, zoom } = ready.getViewport()
  void ready.setViewport({ x: x + dx, y: y + dy, zoom })
}

function useFullscreen(frame: React.RefObject<HTMLDivElement | null>) {
  const [full, setFull] = useState(false)
  useEffect(() => {
    const change = () => document.fullscreenElement === null && setFull(false)
    document.addEventListener('fullscreenchange', change)
    return () => document.removeEventListener('fullscreenchange', change)
  }, [])
  // the whole page with its buttons and panel; what opens above it hangs at the document's end
  useEffect(() => {
    const page = frame.current?.closest('.page')
    page?.classList.toggle('page-over', full)
    return () => page?.classList.remove('page-over')
  }, [frame, full])
  const toggleFull = () => {
    setFull(!full)
    if (full) void (document.fullscreenElement && document.exitFullscreen())
    // a phone without it still gets the window
    else document.documentElement.requestFullscreen?.().catch(() => undefined)
  }
  return { full, toggleFull }
}
