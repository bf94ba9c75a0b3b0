import { useCallback, type KeyboardEvent, type RefObject } from 'react'
import type { Flow, FlowNode } from './layout'

const stops = (piece: FlowNode) => piece.kind === 'step' || piece.kind === 'start' || piece.kind === 'way'

/** The piece that an arrow key leads to from another. */
export function neighbour(flow: Flow, id: string, key: string): string | null {
  const here = flow.nodes.find(piece => piece.id === id)
  if (!here) return null
  if (key === 'ArrowDown') return along(flow, id, 'from', 'to')
  if (key === 'ArrowUp') return along(flow, id, 'to', 'from')
  const side = key === 'ArrowRight' ? 1 : -1
  const middle = (piece: FlowNode) => ({ x: piece.x + piece.width / 2, y: piece.y + piece.height / 2 })
  const at = middle(here)
  let best: { id: string; far: number } | null = null
  for (const piece of flow.nodes) {
    const to = middle(piece)
    if (!stops(piece) || (to.x - at.x) * side <= here.width / 4) continue
    const far = Math.abs(to.x - at.x) + 3 * Math.abs(to.y - at.y)
    if (!best || far < best.far) best = { id: piece.id, far }
  }
  return best?.id ?? null
}

/** Follows the lines, past joins, to the next piece one can stop at. */
function along({ nodes, edges }: Flow, id: string, from: 'from' | 'to', to: 'from' | 'to'): string | null {
  for (let next = edges.find(edge => edge[from] === id)?.[to]; next !== undefined; next = edges.find(edge => edge[from] === next)?.[to]) {
    const piece = nodes.find(one => one.id === next)
    if (piece && stops(piece)) return piece.id
  }
  return null
}

const idOf = (element: Element) => element.getAttribute('data-step') ?? element.getAttribute('data-way')

/** Arrow keys go from piece to piece. */
export function useArrows(frame: RefObject<HTMLElement | null>, flow: Flow, reveal: (id: string) => void) {
  return useCallback((event: KeyboardEvent) => {
    if (!event.key.startsWith('Arrow') || event.altKey || event.shiftKey || event.ctrlKey || event.metaKey) return
    const from = (event.target as Element).closest('[data-step], [data-way]')
    const next = from && neighbour(flow, idOf(from)!, event.key)
    if (!next) return
    event.preventDefault()
    reveal(next)
    focusPiece(frame.current, next)
  }, [frame, flow, reveal])
}

/** What lies outside of the window is drawn only after it was panned to. */
export function focusPiece(frame: HTMLElement | null, id: string, done?: () => void, tries = 120) {
  const piece = frame?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"], [data-way="${CSS.escape(id)}"]`)
  if (!piece && tries > 0) return void requestAnimationFrame(() => focusPiece(frame, id, done, tries - 1))
  piece?.focus({ preventScroll: true })
  done?.()
}
