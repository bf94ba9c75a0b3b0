import type { Filter } from '@/records/filter/model'
import type { Label } from '@/api/types'
import type { Sop, Step } from './sop'

/** Names a list of steps: the SOP's own (owner null), or one way of a step. */
export type BlockRef = { owner: string | null; way: string }
/** A place in a list of steps, where one could be put in. */
export type Slot = BlockRef & { index: number }

export type Block = { way: string; label?: Label | null; when?: Filter | null; steps: Step[] }

export const root: BlockRef = { owner: null, way: '' }

/** The lists of steps that a step holds, in the order they are drawn. */
export function blocksOf(step: Step): Block[] {
  switch (step.kind) {
    case 'branch':
      return [...(step.paths ?? []).map(way => ({ way: way.id, label: way.label, when: way.when, steps: way.steps ?? [] })), { way: 'else', steps: step.else ?? [] }]
    case 'parallel':
      return (step.paths ?? []).map(way => ({ way: way.id, label: way.label, steps: way.steps ?? [] }))
    case 'forEach':
    case 'repeat':
      return [{ way: 'steps', steps: step.steps ?? [] }]
    case 'waitFor':
      return step.inputs?.within ? [{ way: 'timedOut', steps: step.timedOut ?? [] }] : []
    default:
      return []
  }
}

/** The step with another list of steps under one way. */
export function withBlock(step: Step, way: string, steps: Step[]): Step {
  if (step.kind === 'branch' && way === 'else') return { ...step, else: steps }
  if (step.kind === 'branch' || step.kind === 'parallel')
    return { ...step, paths: (step.paths ?? []).map(path => (path.id === way ? { ...path, steps } : path)) }
  return way === 'timedOut' ? { ...step, timedOut: steps } : { ...step, steps }
}

/** Every step, outer ones first. */
export function* stepsOf(steps: Step[]): Generator<Step> {
  for (const step of steps) {
    yield step
    for (const block of blocksOf(step)) yield* stepsOf(block.steps)
  }
}

export function findStep(sop: Sop, id: string): Step | undefined {
  for (const step of stepsOf(sop.steps)) if (step.id === id) return step
  return undefined
}

/** Where a step stands. */
export function slotOf(sop: Sop, id: string): Slot | null {
  const seek = (steps: Step[], block: BlockRef): Slot | null => {
    for (const [index, step] of steps.entries()) {
      if (step.id === id) return { ...block, index }
      for (const inner of blocksOf(step)) {
        const found = seek(inner.steps, { owner: step.id, way: inner.way })
        if (found) return found
      }
    }
    return null
  }
  return seek(sop.steps, root)
}

/** The steps of one list. */
export const stepsAt = (sop: Sop, { owner, way }: BlockRef): Step[] => {
  if (owner === null) return sop.steps
  const step = findStep(sop, owner)
  return (step && blocksOf(step).find(block => block.way === way)?.steps) ?? []
}

/** Where a step stands, and before that where each step stands that holds it, the outermost first. */
export const trail = (sop: Sop, id: string): Slot[] => {
  const slot = slotOf(sop, id)
  return !slot ? [] : slot.owner === null ? [slot] : [...trail(sop, slot.owner), slot]
}

/** Neighbours in the innermost list that holds both steps: from one, or what it stands in, to the other. */
export function between(sop: Sop, one: string, other: string): Step[] {
  const [from, to] = [trail(sop, one), trail(sop, other)]
  const apart = from.findIndex((slot, i) => slot.owner !== to[i]?.owner || slot.way !== to[i]?.way)
  const depth = (apart < 0 ? from.length : apart) - 1
  const [a, b] = [from[depth], to[depth]]
  return a && b ? stepsAt(sop, a).slice(Math.min(a.index, b.index), Math.max(a.index, b.index) + 1) : []
}

/** What a run does after a step: nothing when it ends there. */
export const endsRun = (step: Step): boolean => {
  if (step.kind === 'end') return true
  const blocks = blocksOf(step)
  return step.kind === 'branch' && blocks.length > 1 && blocks.every(block => block.steps.length > 0 && endsRun(block.steps[block.steps.length - 1]!))
}
