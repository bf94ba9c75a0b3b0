import { createContext, useContext } from 'react'
import type { Slot } from '../definition/blocks'
import type { Words } from '../words/context'

/** How far a run has come at a step. */
export type StepState = 'done' | 'waiting' | 'failed' | 'skipped' | 'cancelled'
export type StepProblem = { code: string; severity: 'error' | 'warning'; message: string; path?: string | null }

/** How a step differs from another version. */
export type Mark = 'added' | 'removed' | 'changed' | 'moved'

/** A number at a step or a way (`step/way`): how many runs stand there, are late, failed, or went along. */
export type Bubble = { n: number; tone: 'now' | 'late' | 'bad' | 'plain'; title: string }

/** What a drag takes along: a step with all it holds and what is chosen with it, or one way of a step. */
export type Dragged = { step: string; way?: string }

export type Counts = { steps: Record<string, number>; ways: Record<string, number> }

/** What the pieces of the drawing show beside the SOP itself. */
export type CanvasView = {
  words: Words
  selected: string | null
  /** All of several that are chosen together. */
  group?: ReadonlySet<string>
  /** `more`: as far as here, from what is chosen already. */
  select: (id: string | null, more?: boolean) => void
  /** Of a run: where it has been and stands. */
  states?: Record<string, StepState>
  /** Ways that a run took, as `step/way`. */
  taken?: ReadonlySet<string>
  problems?: Record<string, StepProblem[]>
  /** Of a comparison, `start` for what starts it. */
  marks?: Record<string, Mark>
  /** Figures at steps and ways. */
  bubbles?: Record<string, Bubble[]>
  /** How many came to each step and into each way (`step/way`). */
  counts?: Counts
  /** Set while the SOP is edited: puts a step in at a place. */
  insert?: (slot: Slot) => void
  /** Set while the SOP is edited: puts what was dragged elsewhere. */
  move?: (what: Dragged, to: Slot) => void
  /** Set while the SOP is edited: puts a whole way before another. */
  moveWay?: (what: { step: string; way: string }, before: { owner: string; way: string }) => void
}

/** What the pieces do; it stays the same while the SOP changes, so that only what changed is drawn again. */
export type CanvasActs = Pick<CanvasView, 'select' | 'insert' | 'move' | 'moveWay'>

/** What a dragged step or way travels as. */
export const dragType = 'application/x-crm-step'
/** Beside it, when it is a way: ways may be dropped before one another. */
export const wayType = 'application/x-crm-way'

export const CanvasContext = createContext<CanvasActs | null>(null)

export function useCanvas(): CanvasActs {
  const acts = useContext(CanvasContext)
  if (!acts) throw new Error('useCanvas outside a canvas')
  return acts
}
