import { blocksOf, stepsOf, withBlock, type Slot } from './blocks'
import type { Sop, Step, Way } from './sop'

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

export function remove(sop: Sop, id: string): Sop {
  const without = (steps: Step[]): Step[] =>
    steps.filter(step => step.id !== id).map(step => blocksOf(step).reduce((now, block) => withBlock(now, block.way, without(block.steps)), step))
  return { ...sop, steps: without(sop.steps) }
}

/** Replaces a step by what `change` makes of it; it keeps its place. */
export function replace(sop: Sop, id: string, change: (step: Step) => Step): Sop {
  const through = (steps: Step[]): Step[] =>
    steps.map(step => (step.id === id ? change(step) : blocksOf(step).reduce((now, block) => withBlock(now, block.way, through(block.steps)), step)))
  return { ...sop, steps: through(sop.steps) }
}

/** Puts a step elsewhere; null where that is inside itself. */
export function move(sop: Sop, id: string, slot: Slot): Sop | null {
  const step = [...stepsOf(sop.steps)].find(one => one.id === id)
  if (!step || slot.owner === id || (slot.owner && [...stepsOf([step])].some(inner => inner.id === slot.owner))) return null
  // a mark keeps the place while the step is taken from before it
  const mark: Step = { id: '\u0000', kind: 'end' }
  const marked = remove(insert(sop, slot, [mark]), id)
  return replaceMark(marked, mark.id, step)
}

const replaceMark = (sop: Sop, mark: string, step: Step): Sop => replace(sop, mark, () => step)

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

/** A new step of a kind, with the ways it cannot do without. */
export function newStep(kind: string, taken: ReadonlySet<string>, defaults: Record<string, unknown>): Step {
  const step: Step = { id: freeId(kind.split('.').at(-1)!, taken), kind, inputs: defaults }
  switch (kind) {
    case 'branch': return { ...step, paths: [way('way1')], else: [] }
    case 'parallel': return { ...step, paths: [way('way1'), way('way2')] }
    case 'forEach':
    case 'repeat': return { ...step, steps: [] }
    case 'waitFor': return { ...step, timedOut: [] }
    default: return step
  }
}
