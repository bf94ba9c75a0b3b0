import { createContext, useContext } from 'react'
import type { Slot } from '../definition/blocks'
import type { Words } from '../words/context'

/** How far a run has come at a step. */
export type StepState = 'done' | 'waiting' | 'failed' | 'skipped' | 'cancelled'
export type StepProblem = { code: string; severity: 'error' | 'warning'; message: string; path?: string | null }

/** What the pieces of the drawing show beside the SOP itself. */
export type CanvasView = {
  words: Words
  selected: string | null
  select: (id: string | null) => void
  /** Of a run: where it has been and stands. */
  states?: Record<string, StepState>
  /** Ways that a run took, as `step/way`. */
  taken?: ReadonlySet<string>
  problems?: Record<string, StepProblem[]>
  /** Set while the SOP is edited: puts a step in at a place. */
  insert?: (slot: Slot) => void
  /** Set while the SOP is edited: puts a dragged step elsewhere. */
  move?: (id: string, slot: Slot) => void
}

/** What a dragged step travels as. */
export const dragType = 'application/x-crm-step'

export const CanvasContext = createContext<CanvasView | null>(null)

export function useCanvas(): CanvasView {
  const view = useContext(CanvasContext)
  if (!view) throw new Error('useCanvas outside a canvas')
  return view
}
