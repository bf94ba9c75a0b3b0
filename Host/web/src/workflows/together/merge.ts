import { blocksOf, stepsOf, withBlock } from '../definition/blocks'
import { freeId } from '../definition/edit'
import type { Sop, Step } from '../definition/sop'

export type Side = 'mine' | 'theirs'
/** What both changed, each in another way: a step, or something of the SOP itself. Null where that side took the step away. */
export type Clash = { key: string; step: string | null; member?: HeadMember; mine: Step | null; theirs: Step | null }
export type HeadMember = 'name' | 'about' | 'record' | 'triggers'
export type Merged = { sop: Sop; clashes: Clash[] }
/** Which side counts where both have changed the same. */
export type Choice = (key: string) => Side

type Place = { owner: string | null; way: string }
type Part = { whole: Step; own: Step; place: Place }
type Parts = Map<string, Part>

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
const blockKey = ({ owner, way }: Place) => `${owner ?? ''}/${way}`

/** Brings two people's changes of one draft together, step by step: what only one of them changed is taken from them. */
export function merge(base: Sop, mine: Sop, theirs: Sop, choice: Choice = () => 'mine'): Merged {
  const other = apart(base, mine, theirs)
  const [b, m, t] = [partsOf(base), partsOf(other), partsOf(theirs)]
  const clashes: Clash[] = []
  const head = mergeHead(base, other, theirs, choice, clashes)
  const kept = new Map<string, { own: Step; place: Place }>()
  const gone = new Set([...removed(b, m, t, 'mine', choice, clashes), ...removed(b, t, m, 'theirs', choice, clashes)])
  for (const id of new Set([...t.keys(), ...m.keys()])) {
    const [was, my, their] = [b.get(id), m.get(id), t.get(id)]
    if (gone.has(id)) continue
    if (my && their) kept.set(id, { own: mergeOwn(was?.own, my, their, choice, clashes), place: was && same(my.place, was.place) ? their.place : my.place })
    else kept.set(id, (my ?? their)!)
  }
  return { sop: { ...head, steps: build(kept, [base, other, theirs]) }, clashes }
}

/** Steps that both have added under the same id without knowing of one another get ids of their own. */
function apart(base: Sop, mine: Sop, theirs: Sop): Sop {
  const [b, m, t] = [partsOf(base), partsOf(mine), partsOf(theirs)]
  const taken = new Set([...b.keys(), ...m.keys(), ...t.keys()])
  const names = new Map<string, string>()
  for (const [id, part] of m)
    if (!b.has(id) && t.has(id) && !same(part.whole, t.get(id)!.whole)) {
      const free = freeId(id.replace(/\d+$/, '') || id, taken)
      taken.add(free)
      names.set(id, free)
    }
  if (names.size === 0) return mine
  const renamed = (steps: Step[]): Step[] =>
    steps.map(step => blocksOf(step).reduce((now, block) => withBlock(now, block.way, renamed(block.steps)), { ...step, id: names.get(step.id) ?? step.id }))
  const text = JSON.stringify(renamed(mine.steps)).replace(/\bsteps\.(\w+)\./g, (whole, id: string) => (names.has(id) ? `steps.${names.get(id)}.` : whole))
  return { ...mine, steps: JSON.parse(text) as Step[] }
}

function partsOf(sop: Sop): Parts {
  const parts: Parts = new Map()
  const take = (steps: Step[], place: Place) => {
    for (const step of steps) {
      const own = blocksOf(step).reduce((now, block) => withBlock(now, block.way, []), step)
      parts.set(step.id, { whole: step, own, place })
      for (const block of blocksOf(step)) take(block.steps, { owner: step.id, way: block.way })
    }
  }
  take(sop.steps, { owner: null, way: '' })
  return parts
}

/** The steps that `by` took away and that are gone with it. One that the other has worked in meanwhile is a question. */
function removed(base: Parts, by: Parts, other: Parts, side: Side, choice: Choice, clashes: Clash[]): string[] {
  const gone: string[] = []
  for (const [id, { place }] of base) {
    const there = other.get(id)
    if (by.has(id) || !there || (place.owner !== null && !by.has(place.owner) && base.has(place.owner))) continue
    const inside = [...stepsOf([there.whole])].map(step => step.id).filter(one => !by.has(one))
    const touched = inside.some(one => !base.has(one) || !same(other.get(one)?.own, base.get(one)?.own))
    if (touched) {
      const key = `step.${id}`
      clashes.push({ key, step: id, mine: side === 'mine' ? null : there.whole, theirs: side === 'mine' ? there.whole : null })
      if (choice(key) !== side) continue
    }
    gone.push(...inside)
  }
  return gone
}

/** A step of both: each of its members, and each of its inputs, from whoever changed it. */
function mergeOwn(was: Step | undefined, my: Part, their: Part, choice: Choice, clashes: Clash[]): Step {
  let clashed = false
  const pick = <T,>(before: T, mine: T, theirs: T): T => {
    if (same(mine, theirs) || same(theirs, before)) return mine
    if (same(mine, before)) return theirs
    clashed = true
    return choice(`step.${my.own.id}`) === 'mine' ? mine : theirs
  }
  const members = (before: object | undefined, mine: object, theirs: object) => {
    const all: Record<string, unknown> = {}
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)]))
      all[key] = pick(before?.[key as never] as unknown, mine[key as never], theirs[key as never])
    return all
  }
  const merged = members(was, { ...my.own, inputs: null }, { ...their.own, inputs: null })
  const inputs = members(was?.inputs, my.own.inputs ?? {}, their.own.inputs ?? {})
  if (clashed) clashes.push({ key: `step.${my.own.id}`, step: my.own.id, mine: my.own, theirs: their.own })
  return JSON.parse(JSON.stringify({ ...merged, inputs })) as Step
}

function mergeHead(base: Sop, mine: Sop, theirs: Sop, choice: Choice, clashes: Clash[]): Sop {
  const head = { ...theirs }
  for (const member of ['name', 'about', 'record', 'triggers'] as const) {
    if (same(mine[member], theirs[member]) || same(mine[member], base[member])) continue
    const both = !same(theirs[member], base[member])
    if (both) clashes.push({ key: `head.${member}`, step: null, member, mine: null, theirs: null })
    if (!both || choice(`head.${member}`) === 'mine') Object.assign(head, { [member]: mine[member] })
  }
  return head
}

/** Puts the steps back into their lists; one whose place is gone comes last, so that nothing is lost. */
function build(kept: Map<string, { own: Step; place: Place }>, [base, mine, theirs]: Sop[]): Step[] {
  const lists = [base!, mine!, theirs!].map(listsOf)
  const members = new Map<string, string[]>()
  for (const [id, { place }] of kept) members.set(blockKey(place), [...(members.get(blockKey(place)) ?? []), id])
  const placed = new Set<string>()
  const fill = (place: Place): Step[] => {
    const ids = members.get(blockKey(place)) ?? []
    return ordered(ids, lists.map(list => list.get(blockKey(place)) ?? [])).flatMap(id => {
      if (placed.has(id)) return []
      placed.add(id)
      const { own } = kept.get(id)!
      return [blocksOf(own).reduce((now, block) => withBlock(now, block.way, fill({ owner: id, way: block.way })), own)]
    })
  }
  const steps = fill({ owner: null, way: '' })
  for (const [id, { own }] of kept)
    if (!placed.has(id)) {
      placed.add(id)
      steps.push(blocksOf(own).reduce((now, block) => withBlock(now, block.way, fill({ owner: id, way: block.way })), own))
    }
  return steps
}

function listsOf(sop: Sop): Map<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const [id, { place }] of partsOf(sop)) lists.set(blockKey(place), [...(lists.get(blockKey(place)) ?? []), id])
  return lists
}

/** Whoever has put the steps in another order says the order; what the other has put between stays after what it stood after. */
function ordered(members: string[], [base, mine, theirs]: string[][]): string[] {
  const here = new Set(members)
  const common = (list: string[], other: string[]) => list.filter(id => other.includes(id) && here.has(id))
  const moved = !same(common(mine!, base!), common(base!, mine!))
  const [first, second] = moved ? [mine!, theirs!] : [theirs!, mine!]
  const order = first.filter(id => here.has(id))
  for (const [index, id] of second.entries()) {
    if (!here.has(id) || order.includes(id)) continue
    const before = second.slice(0, index).reverse().find(one => order.includes(one))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id)
  }
  return [...order, ...members.filter(id => !order.includes(id))]
}
