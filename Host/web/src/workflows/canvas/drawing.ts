import { Position, type Edge, type Node } from '@xyflow/react'
import { t } from '@/texts'
import type { Slot } from '../definition/blocks'
import type { Part } from '../words/parts'
import type { Bubble, CanvasView, Mark, StepProblem, StepState } from './context'
import type { Flow, FlowEdge, FlowNode } from './layout'
import type { Said, Says } from './says'

export type CardData = Said & { chosen: boolean; follows: boolean; state?: StepState; problems?: StepProblem[]; mark?: Mark; bubbles?: Bubble[]; count?: number }
export type StartData = { lines: Part[][]; text: string; chosen: boolean; problems?: StepProblem[]; mark?: Mark }
export type WayData = { owner: string; way: string; text: string; passed: boolean | null; movable: boolean; bubbles?: Bubble[]; count?: number }
/** `passed`: whether a run went along; null where none is shown. */
export type LineData = { slot: Slot | null; after: string; joins: boolean; passed: boolean | null; count?: number }

export type PieceNode = Node<Record<string, unknown>>
export type LineEdge = Edge<LineData>
export type Drawing = { flow: Flow; says: Says; nodes: PieceNode[]; edges: LineEdge[] }

/** The nodes and lines to draw. What says the same at the same place as before is the same object, so that it is not drawn again. */
export function drawingOf(flow: Flow, says: Says, view: CanvasView, before: Drawing | null): Drawing {
  const nodesBefore = new Map(before?.nodes.map(node => [node.id, node]))
  const edgesBefore = new Map(before?.edges.map(edge => [edge.id, edge]))
  const names = new Map(flow.nodes.map(node => [node.id, nameOf(node, says)]))
  return {
    flow,
    says,
    nodes: flow.nodes.map(piece => keptNode(nodesBefore.get(piece.id), nodeOf(piece, dataOf(piece, says, view)))),
    edges: flow.edges.map(line => keptEdge(edgesBefore.get(line.id), edgeOf(line, names.get(line.from) ?? '', view))),
  }
}

function dataOf(piece: FlowNode, says: Says, view: CanvasView): CardData | StartData | WayData | Record<string, never> {
  switch (piece.kind) {
    case 'step':
      return { ...says.step(piece.step), chosen: view.selected === piece.id || view.group?.has(piece.id) === true, follows: view.states !== undefined, state: view.states?.[piece.id], problems: view.problems?.[piece.id], mark: view.marks?.[piece.id], bubbles: view.bubbles?.[piece.id], count: countAt(piece.id, view) }
    case 'start': {
      const lines = says.start(view.words.sop)
      return { lines, text: JSON.stringify(lines), chosen: view.selected === 'start', problems: view.problems?.[''], mark: view.marks?.start }
    }
    case 'way': {
      const passed = view.states ? view.taken?.has(piece.id) === true : null
      const movable = view.move !== undefined && piece.step.kind !== 'waitFor' && piece.block.way !== 'else'
      return { owner: piece.step.id, way: piece.block.way, text: says.way(piece.step, piece.block), passed, movable, bubbles: view.bubbles?.[piece.id], count: view.counts && (view.counts.ways[piece.id] ?? 0) }
    }
    default: return {}
  }
}

const countAt = (id: string, { counts }: CanvasView) => counts && (counts.steps[id] ?? 0)

/** A line carries those who came to where it leads; where ways join, those who came along this one. */
function countOn(line: FlowEdge, view: CanvasView): number | undefined {
  const { counts } = view
  if (!counts) return undefined
  return counts.steps[line.to] ?? counts.ways[line.to] ?? counts.ways[line.from] ?? counts.steps[line.from.replace(/\/join$/, '')] ?? (line.from === 'start' ? undefined : 0)
}

const nameOf = (piece: FlowNode, says: Says): string => {
  switch (piece.kind) {
    case 'step': case 'join': return t('designer.afterStep', { name: says.step(piece.step).name })
    case 'way': return t('designer.atWay', { name: says.way(piece.step, piece.block) })
    default: return t('designer.atStart')
  }
}

const nodeOf = (piece: FlowNode, data: object): PieceNode => ({
  id: piece.id,
  type: piece.kind,
  data: data as Record<string, unknown>,
  position: { x: piece.x, y: piece.y },
  width: piece.width,
  height: piece.height,
  // told beforehand, nothing needs to be measured once it is drawn
  measured: { width: piece.width, height: piece.height },
  handles: piece.kind === 'frame' ? [] : [
    { type: 'target', position: Position.Top, x: piece.width / 2, y: 0, width: 1, height: 1 },
    { type: 'source', position: Position.Bottom, x: piece.width / 2, y: piece.height - 1, width: 1, height: 1 },
  ],
  zIndex: piece.kind === 'frame' ? -1 : 0,
})

function edgeOf(line: FlowEdge, after: string, view: CanvasView): LineEdge {
  const { states, taken } = view
  const came = (id: string) => id === 'start' || states?.[id] !== undefined || taken?.has(id) === true || (id.endsWith('/join') && states?.[id.slice(0, -5)] === 'done')
  return {
    id: line.id,
    source: line.from,
    target: line.to,
    type: 'slot',
    data: { slot: line.slot, after, joins: line.to.endsWith('/join'), passed: states ? came(line.from) && (came(line.to) || (line.to === 'finish' && states[line.from] === 'done')) : null, count: countOn(line, view) },
  }
}

function keptNode(before: PieceNode | undefined, now: PieceNode): PieceNode {
  const same = before !== undefined && before.type === now.type && before.position.x === now.position.x && before.position.y === now.position.y
    && before.width === now.width && before.height === now.height && sameData(before.data, now.data)
  return same ? before : now
}

/** Sentences are compared by their text: their parts are made anew each time. */
function sameData(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  for (const key in b) if (key !== 'parts' && key !== 'lines' && a[key] !== b[key]) return false
  return true
}

function keptEdge(before: LineEdge | undefined, now: LineEdge): LineEdge {
  const [a, b] = [before?.data, now.data!]
  return before && a && a.after === b.after && a.passed === b.passed && a.count === b.count && a.slot?.owner === b.slot?.owner && a.slot?.way === b.slot?.way && a.slot?.index === b.slot?.index ? before : now
}
