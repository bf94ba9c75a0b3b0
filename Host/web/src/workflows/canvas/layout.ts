import { blocksOf, endsRun, root, type Block, type BlockRef, type Slot } from '../definition/blocks'
import type { Sop, Step } from '../definition/sop'

export type Box = { x: number; y: number; width: number; height: number }
export type FlowNode = Box & { id: string } & (
  | { kind: 'start' }
  | { kind: 'step'; step: Step }
  /** Head of one way: its condition. */
  | { kind: 'way'; step: Step; block: Block }
  /** Where ways come together again. */
  | { kind: 'join'; step: Step }
  /** Encloses the steps that are repeated. */
  | { kind: 'frame'; step: Step }
  | { kind: 'finish' }
)
/** `slot`: the place in the SOP that this line passes; null where nothing can be put. */
export type FlowEdge = { id: string; from: string; to: string; slot: Slot | null }
export type Flow = { nodes: FlowNode[]; edges: FlowEdge[]; width: number; height: number }

export type Measure = { start: (sop: Sop) => number; step: (step: Step) => number; way: (step: Step, block: Block) => number }

export const cardWidth = 288
const wayWidth = 200
const gapX = 40
const gapY = 44
const pad = 24
const dot = 12

/** A piece of flow around its middle line; `end` is the node that leads on, null where the run has ended. */
type Piece = { nodes: FlowNode[]; edges: FlowEdge[]; left: number; right: number; height: number; begin: string; end: string | null }
type Lane = Piece & { tail: Slot | null }

const moved = (nodes: FlowNode[], dx: number, dy: number) => nodes.map(node => ({ ...node, x: node.x + dx, y: node.y + dy }))
const middle = (id: string, width: number, height: number): Box & { id: string } => ({ id, x: -width / 2, y: 0, width, height })
const line = (from: string, to: string, slot: Slot | null): FlowEdge => ({ id: `${from}>${to}`, from, to, slot })

/** Places an SOP top to bottom: each step below the one before, ways side by side and joined again. Block structure makes it always possible. */
export function layout(sop: Sop, measure: Measure): Flow {
  const start: FlowNode = { ...middle('start', cardWidth, measure.start(sop)), kind: 'start' }
  const rest = column(sop.steps, root, measure)
  const nodes: FlowNode[] = [start]
  const edges: FlowEdge[] = []
  let y = start.height + gapY
  let last: string | null = start.id
  if (rest) {
    nodes.push(...moved(rest.nodes, 0, y))
    edges.push(line(start.id, rest.begin, { ...root, index: 0 }), ...rest.edges)
    y += rest.height + gapY
    last = rest.end
  }
  if (last) {
    const finish: FlowNode = { ...middle('finish', 72, 28), kind: 'finish', y }
    nodes.push(finish)
    edges.push(line(last, finish.id, { ...root, index: sop.steps.length }))
    y += finish.height
  }
  const left = Math.max(cardWidth / 2, rest?.left ?? 0)
  const right = Math.max(cardWidth / 2, rest?.right ?? 0)
  return { nodes: moved(nodes, left, 0), edges, width: left + right, height: y }
}

/** Steps of one block below each other; null when it is empty. */
function column(steps: Step[], block: BlockRef, measure: Measure): Piece | null {
  const pieces = steps.map(step => place(step, measure))
  const first = pieces[0]
  if (!first) return null
  const all: Piece = { nodes: [], edges: [], left: 0, right: 0, height: -gapY, begin: first.begin, end: null }
  for (const [index, piece] of pieces.entries()) {
    const down = all.height + gapY
    if (all.end) all.edges.push(line(all.end, piece.begin, { ...block, index }))
    all.nodes.push(...moved(piece.nodes, 0, down))
    all.edges.push(...piece.edges)
    all.left = Math.max(all.left, piece.left)
    all.right = Math.max(all.right, piece.right)
    all.height = down + piece.height
    all.end = piece.end
  }
  return all
}

function place(step: Step, measure: Measure): Piece {
  const card: FlowNode = { ...middle(step.id, cardWidth, measure.step(step)), kind: 'step', step }
  const blocks = blocksOf(step)
  if (blocks.length > 0)
    return step.kind === 'forEach' || step.kind === 'repeat' ? enclosed(step, card, blocks[0]!, measure) : sideBySide(step, card, blocks, measure)
  const half = cardWidth / 2
  return { nodes: [card], edges: [], left: half, right: half, height: card.height, begin: step.id, end: step.kind === 'end' ? null : step.id }
}

/** A wait has a second way that nothing stands on: the event came. */
const waysOf = (step: Step, blocks: Block[]): Block[] => (step.kind === 'waitFor' ? [{ way: 'event', steps: [] }, ...blocks] : blocks)

function sideBySide(step: Step, card: FlowNode, blocks: Block[], measure: Measure): Piece {
  const lanes = waysOf(step, blocks).map(block => lane(step, block, measure))
  const total = lanes.reduce((sum, one) => sum + one.left + one.right, 0) + gapX * (lanes.length - 1)
  const tallest = Math.max(...lanes.map(one => one.height))
  const top = card.height + gapY
  const nodes: FlowNode[] = [card]
  const edges: FlowEdge[] = []
  const join: FlowNode = { ...middle(`${step.id}/join`, dot, dot), kind: 'join', step, y: top + tallest + gapY }
  let x = -total / 2
  for (const one of lanes) {
    nodes.push(...moved(one.nodes, x + one.left, top))
    edges.push(line(step.id, one.begin, null), ...one.edges)
    if (one.end) edges.push(line(one.end, join.id, one.tail))
    x += one.left + one.right + gapX
  }
  const goesOn = !endsRun(step)
  const half = Math.max(total / 2, cardWidth / 2)
  return {
    nodes: goesOn ? [...nodes, join] : nodes,
    edges,
    left: half,
    right: half,
    height: goesOn ? join.y + dot : top + tallest,
    begin: step.id,
    end: goesOn ? join.id : null,
  }
}

/** One way: its head, then its steps. */
function lane(step: Step, block: Block, measure: Measure): Lane {
  const ref = { owner: step.id, way: block.way }
  const head: FlowNode = { ...middle(`${step.id}/${block.way}`, wayWidth, measure.way(step, block)), kind: 'way', step, block }
  const tail = step.kind === 'waitFor' && block.way === 'event' ? null : { ...ref, index: block.steps.length }
  const half = cardWidth / 2
  const inner = column(block.steps, ref, measure)
  if (!inner) return { nodes: [head], edges: [], left: half, right: half, height: head.height, begin: head.id, end: head.id, tail }
  const down = head.height + gapY
  return {
    nodes: [head, ...moved(inner.nodes, 0, down)],
    edges: [line(head.id, inner.begin, { ...ref, index: 0 }), ...inner.edges],
    left: Math.max(inner.left, half),
    right: Math.max(inner.right, half),
    height: down + inner.height,
    begin: head.id,
    end: inner.end,
    tail,
  }
}

/** A loop: the card on top of a frame that holds its steps. */
function enclosed(step: Step, card: FlowNode, block: Block, measure: Measure): Piece {
  const ref = { owner: step.id, way: block.way }
  const inner = column(block.steps, ref, measure)
  const top = card.height + gapY
  const join: FlowNode = { ...middle(`${step.id}/join`, dot, dot), kind: 'join', step, y: top + (inner ? inner.height + gapY : 0) }
  const left = Math.max(inner?.left ?? 0, cardWidth / 2) + pad
  const right = Math.max(inner?.right ?? 0, cardWidth / 2) + pad
  const frameTop = card.height / 2
  const height = join.y + dot + pad
  const frame: FlowNode = { id: `${step.id}/frame`, kind: 'frame', step, x: -left, y: frameTop, width: left + right, height: height - frameTop }
  const end = { ...ref, index: block.steps.length }
  const edges = !inner ? [line(step.id, join.id, end)] : [line(step.id, inner.begin, { ...ref, index: 0 }), ...inner.edges]
  if (inner?.end) edges.push(line(inner.end, join.id, end))
  return { nodes: [frame, card, ...(inner ? moved(inner.nodes, 0, top) : []), join], edges, left, right, height, begin: step.id, end: join.id }
}
