import { blocksOf, findStep, root, slotOf, stepsOf, withBlock, type BlockRef, type Slot } from './blocks'
import type { Label } from '@/api/types'
import type { Inputs, Sop, Step, Way } from './sop'

/** Changes of an SOP. Each gives a new one and leaves the old as it was, so that undo is a list of them. */

function inBlock(steps: Step[], owner: string, way: string, change: (steps: Step[]) => Step[]): Step[] {
  return steps.map(step => {
    let next = step
    for (const block of blocksOf(step)) {
      const inner = step.id === owner && block.way === way ? change(block.steps) : inBlock(block.steps, owner, way, change)
      if (inner !== block.steps) next = withBlock(next, block.way, inner)
    }
    return next
  })
}

const at = (sop: Sop, { owner, way }: { owner: string | null; way: string }, change: (steps: Step[]) => Step[]): Sop => ({
  ...sop,
  steps: owner === null ? change(sop.steps) : inBlock(sop.steps, owner, way, change),
})

export const insert = (sop: Sop, slot: Slot, steps: Step[]): Sop =>
  at(sop, slot, list => [...list.slice(0, slot.index), ...steps, ...list.slice(slot.index)])

/** The step with every list it holds changed; itself where nothing was. */
const within = (step: Step, change: (steps: Step[]) => Step[]): Step =>
  blocksOf(step).reduce((now, block) => {
    const inner = change(block.steps)
    return inner === block.steps ? now : withBlock(now, block.way, inner)
  }, step)

/** Steps that did not change stay the same objects. */
function mapped(steps: Step[], change: (step: Step) => Step | null): Step[] {
  let same = true
  const next: Step[] = []
  for (const step of steps) {
    const now = change(step)
    const whole = now === step ? within(step, inner => mapped(inner, change)) : now
    if (whole !== step) same = false
    if (whole) next.push(whole)
  }
  return same ? steps : next
}

export const remove = (sop: Sop, ids: string[]): Sop => ({ ...sop, steps: mapped(sop.steps, step => (ids.includes(step.id) ? null : step)) })

/** Replaces a step by what `change` makes of it; it keeps its place. */
export const replace = (sop: Sop, id: string, change: (step: Step) => Step): Sop => ({ ...sop, steps: mapped(sop.steps, step => (step.id === id ? change(step) : step)) })

const holds = (steps: Step[], id: string | null) => id !== null && [...stepsOf(steps)].some(step => step.id === id)

/** Puts neighbours elsewhere; null where that is inside one of them, or where they stand already. */
export function move(sop: Sop, ids: string[], slot: Slot): Sop | null {
  const steps = ids.map(id => findStep(sop, id)).filter(step => step !== undefined)
  const here = ids[0] === undefined ? null : slotOf(sop, ids[0])
  if (!here || steps.length < ids.length || holds(steps, slot.owner)) return null
  if (here.owner === slot.owner && here.way === slot.way && slot.index >= here.index && slot.index <= here.index + ids.length) return null
  // a mark keeps the place while the steps are taken from before it
  const mark: Step = { id: '\u0000', kind: 'end' }
  const marked = remove(insert(sop, slot, [mark]), ids)
  const place = slotOf(marked, mark.id)!
  return insert(remove(marked, [mark.id]), place, steps)
}

/** Every place where a step can stand, as they are read. */
export function placesOf(sop: Sop): Slot[] {
  const through = (steps: Step[], block: BlockRef): Slot[] => [
    ...steps.flatMap((step, index) => [{ ...block, index }, ...blocksOf(step).flatMap(inner => through(inner.steps, { owner: step.id, way: inner.way }))]),
    { ...block, index: steps.length },
  ]
  return through(sop.steps, root)
}

/** Moves neighbours to the next place above or below that is another one; null at the ends. */
export function shift(sop: Sop, ids: string[], by: 1 | -1): Sop | null {
  const here = ids[0] === undefined ? null : slotOf(sop, ids[0])
  const places = placesOf(sop)
  const from = places.findIndex(place => place.owner === here?.owner && place.way === here?.way && place.index === here?.index)
  if (from < 0) return null
  for (let i = from + by; i >= 0 && i < places.length; i += by) {
    const moved = move(sop, ids, places[i]!)
    if (moved) return moved
  }
  return null
}

/** Puts the steps of one way elsewhere; the way stays, empty. */
export function moveSteps(sop: Sop, from: BlockRef, slot: Slot): Sop | null {
  const owner = from.owner === null ? undefined : findStep(sop, from.owner)
  const steps = owner && blocksOf(owner).find(block => block.way === from.way)?.steps
  if (!owner || !steps || steps.length === 0 || holds(steps, slot.owner) || (slot.owner === from.owner && slot.way === from.way)) return null
  const mark: Step = { id: '\u0000', kind: 'end' }
  const emptied = replace(insert(sop, slot, [mark]), owner.id, step => withBlock(step, from.way, []))
  const place = slotOf(emptied, mark.id)!
  return insert(remove(emptied, [mark.id]), place, steps)
}

/** Puts a whole way, its condition and steps, before another way of the same or of another branch; null where it cannot be. */
export function moveWay(sop: Sop, from: { owner: string; way: string }, to: { owner: string; way: string }): Sop | null {
  const [source, target] = [findStep(sop, from.owner), findStep(sop, to.owner)]
  const way = source?.paths?.find(path => path.id === from.way)
  if (!way || !target?.paths || source!.kind !== target.kind || holds(way.steps, to.owner)) return null
  if (from.owner === to.owner && from.way === to.way) return null
  if (from.owner !== to.owner && source!.paths!.length === 1) return null
  const without = replace(sop, from.owner, step => ({ ...step, paths: step.paths!.filter(path => path.id !== from.way) }))
  return replace(without, to.owner, step => {
    const paths = step.paths!
    const at = paths.findIndex(path => path.id === to.way)
    const moved = paths.some(path => path.id === way.id) ? { ...way, id: freeId('way', new Set(paths.map(path => path.id))) } : way
    return { ...step, paths: at < 0 ? [...paths, moved] : [...paths.slice(0, at), moved, ...paths.slice(at)] }
  })
}

/** A copy whose steps have ids of their own; what they read of one another follows. */
export function copied(steps: Step[], taken: ReadonlySet<string>): Step[] {
  const used = new Set(taken)
  const names = new Map<string, string>()
  for (const step of stepsOf(steps)) {
    const id = freeId(step.id.replace(/\d+$/, '') || step.id, used)
    used.add(id)
    names.set(step.id, id)
  }
  const renamed = (list: Step[]): Step[] =>
    list.map(step => blocksOf(step).reduce((now, block) => withBlock(now, block.way, renamed(block.steps)), { ...step, id: names.get(step.id)! }))
  const text = JSON.stringify(renamed(steps)).replace(/\bsteps\.(\w+)\./g, (whole, id: string) => (names.has(id) ? `steps.${names.get(id)}.` : whole))
  return JSON.parse(text) as Step[]
}

export const idsOf = (sop: Sop): Set<string> => new Set([...stepsOf(sop.steps)].map(step => step.id))

export function freeId(base: string, taken: ReadonlySet<string>): string {
  const clean = base.replace(/[^a-zA-Z0-9]/g, '') || 'step'
  const name = clean[0]!.toLowerCase() + clean.slice(1)
  for (let n = 1; ; n++) {
    const id = n === 1 ? name : `${name}${n}`
    if (!taken.has(id)) return id
  }
}

const way = (id: string): Way => ({ id, steps: [] })

/** What most people set first, so that a new step is nearly whole. */
const usual: Record<string, Inputs> = {
  task: { assignee: { by: 'owner' } },
  approval: { stages: [{ key: 'stage', approvers: { by: 'superior' } }] },
  wait: { until: { in: { business: 'P1D' } } },
  notify: { to: { by: 'owner' } },
}

/** A new step of a kind, with the ways it cannot do without. */
export function newStep(kind: string, taken: ReadonlySet<string>, defaults: Inputs): Step {
  const step: Step = { id: freeId(kind.split('.').at(-1)!, taken), kind, inputs: { ...defaults, ...structuredClone(usual[kind]) } }
  switch (kind) {
    case 'branch': return { ...step, paths: [way('way1')], else: [] }
    case 'parallel': return { ...step, paths: [way('way1'), way('way2')] }
    case 'forEach':
    case 'repeat': return { ...step, steps: [] }
    case 'waitFor': return { ...step, timedOut: [] }
    default: return step
  }
}

/** How a step may end, and what that is called. */
export type Outcome = { key: string; label: Label }

/** A branch that goes a way of its own for each outcome of the step before; the rest is left to "else". */
export const byOutcome = (branch: Step, before: Step, outcomes: Outcome[]): Step => ({
  ...branch,
  paths: outcomes.map(({ key, label }) => ({ id: key, label, when: { field: `steps.${before.id}.outcome`, op: 'eq', value: key }, steps: [] })),
})
