import { expect, it } from 'vitest'
import { sop } from '../words/example'
import { between, findStep, slotOf, stepsOf } from './blocks'
import { byOutcome, copied, idsOf, insert, move, moveSteps, moveWay, newStep, placesOf, remove, replace, shift } from './edit'

const ids = (of = sop) => [...stepsOf(of.steps)].map(step => step.id)
const step = newStep('notify', idsOf(sop), {})

it('puts a step into the place that was meant', () => {
  const slot = { owner: 'result', way: 'else', index: 0 }
  expect(slotOf(insert(sop, slot, [{ ...step, id: 'new' }]), 'new')).toEqual(slot)
})
it('leaves the old SOP as it was', () => {
  const before = JSON.stringify(sop)
  insert(sop, { owner: null, way: '', index: 0 }, [step])
  remove(sop, ['rest'])
  expect(JSON.stringify(sop)).toBe(before)
})
it('takes a step away with all it holds', () => expect(ids(remove(sop, ['result']))).toEqual(['contact', 'ask', 'each', 'tell']))
it('changes a step deep inside', () => expect(findStep(replace(sop, 'rest', s => ({ ...s, kind: 'end' })), 'rest')?.kind).toBe('end'))
it('moves a step down past its neighbours', () =>
  expect(move(sop, ['contact'], { owner: null, way: '', index: 3 })!.steps.map(s => s.id)).toEqual(['result', 'ask', 'contact', 'each']))
it('moves a step into a way', () => expect(slotOf(move(sop, ['ask'], { owner: 'result', way: 'yes', index: 1 })!, 'ask')).toEqual({ owner: 'result', way: 'yes', index: 1 }))
it('moves neighbours together', () => {
  expect(move(sop, ['contact', 'result'], { owner: null, way: '', index: 3 })!.steps.map(s => s.id)).toEqual(['ask', 'contact', 'result', 'each'])
  expect(move(sop, ['contact', 'result'], { owner: null, way: '', index: 2 })).toBeNull()
  expect(move(sop, ['contact', 'result'], { owner: 'result', way: 'yes', index: 0 })).toBeNull()
})
it('finds the neighbours from one step to another, also out of a way', () => {
  expect(between(sop, 'ask', 'contact').map(s => s.id)).toEqual(['contact', 'result', 'ask'])
  expect(between(sop, 'rest', 'ask').map(s => s.id)).toEqual(['result', 'ask'])
  expect(between(sop, 'rest', 'rest').map(s => s.id)).toEqual(['rest'])
  expect(between(sop, 'gone', 'ask')).toEqual([])
})
it('never moves a step into itself', () => expect(move(sop, ['result'], { owner: 'result', way: 'yes', index: 0 })).toBeNull())
it('gives copies ids of their own, and what they read follows', () => {
  const [task, branch] = copied([findStep(sop, 'contact')!, findStep(sop, 'result')!], idsOf(sop))
  expect(task!.id).toBe('contact2')
  expect(JSON.stringify(branch)).toContain('steps.contact2.outcome')
  expect(ids({ ...sop, steps: [...sop.steps, task!, branch!] }).length).toBe(new Set(ids({ ...sop, steps: [...sop.steps, task!, branch!] })).size)
})
it('names a new step after its kind', () => expect(newStep('leads.assign', new Set(['assign']), {}).id).toBe('assign2'))

it('leaves steps that did not change the same objects', () => {
  const next = replace(sop, 'rest', step => ({ ...step, kind: 'end' }))
  expect(next.steps[0]).toBe(sop.steps[0])
  expect(next.steps[1]).not.toBe(sop.steps[1])
})
it('knows every place once', () => {
  const places = placesOf(sop)
  expect(new Set(places.map(place => JSON.stringify(place))).size).toBe(places.length)
  for (const place of places) expect(slotOf(insert(sop, place, [{ ...step, id: 'new' }]), 'new')).toEqual(place)
})
it('moves a step down into the next way and up again', () => {
  const down = shift(sop, ['contact'], 1)!
  expect(slotOf(down, 'contact')).toEqual({ owner: 'result', way: 'yes', index: 0 })
  expect(shift(down, ['contact'], -1)).toEqual(sop)
})
it('never loses a step on its way through the SOP', () => {
  let now = sop
  for (let next: typeof sop | null = now; next; next = shift(now, ['contact'], 1)) {
    now = next
    expect(ids(now).sort()).toEqual(ids().sort())
  }
  expect(shift(now, ['contact'], 1)).toBeNull()
})
it('moves the steps of a way elsewhere', () => {
  const moved = moveSteps(sop, { owner: 'result', way: 'yes' }, { owner: null, way: '', index: 0 })!
  expect(moved.steps[0]!.id).toBe('rest')
  expect(findStep(moved, 'result')!.paths![0]!.steps).toEqual([])
})
it('puts a way before another', () => {
  const moved = moveWay(sop, { owner: 'result', way: 'rich' }, { owner: 'result', way: 'yes' })!
  expect(findStep(moved, 'result')!.paths!.map(path => path.id)).toEqual(['rich', 'yes'])
  expect(findStep(moveWay(sop, { owner: 'result', way: 'yes' }, { owner: 'result', way: 'else' })!, 'result')!.paths!.map(path => path.id)).toEqual(['rich', 'yes'])
  expect(moveWay(sop, { owner: 'result', way: 'yes' }, { owner: 'result', way: 'yes' })).toBeNull()
})

it('goes a way for each outcome of the step before', () => {
  const before = findStep(sop, 'contact')!
  const branch = byOutcome(newStep('branch', idsOf(sop), {}), before, [{ key: 'yes', label: { zh: '是', en: 'Yes' } }])
  expect(branch.paths).toEqual([{ id: 'yes', label: { zh: '是', en: 'Yes' }, when: { field: 'steps.contact.outcome', op: 'eq', value: 'yes' }, steps: [] }])
})
