import { describe, expect, it } from 'vitest'
import type { Sop, Step } from '../definition/sop'
import { merge } from './merge'

const task = (id: string, title = id): Step => ({ id, kind: 'task', inputs: { title, assignee: { by: 'owner' } } })
const branch = (id: string, ...steps: Step[]): Step => ({ id, kind: 'branch', inputs: {}, paths: [{ id: 'p', steps }], else: [] })
const sop = (...steps: Step[]): Sop => ({ key: 'k', name: { zh: '名', en: 'Name' }, record: 'lead', triggers: [{ kind: 'created' }], steps })
const ids = (steps: Step[]): unknown[] => steps.map(step => (step.paths ? { [step.id]: ids(step.paths[0]!.steps) } : step.id))

describe('two people edit one draft', () => {
  const base = sop(task('a'), task('b'), task('c'))

  it('takes what each has added, where they have put it', () => {
    const { sop: both, clashes } = merge(base, sop(task('a'), task('mine'), task('b'), task('c')), sop(task('a'), task('b'), task('c'), task('theirs')))
    expect(ids(both.steps)).toEqual(['a', 'mine', 'b', 'c', 'theirs'])
    expect(clashes).toEqual([])
  })

  it('takes different inputs of the same step from both', () => {
    const mine = sop({ ...task('a'), inputs: { title: 'mine', assignee: { by: 'owner' } } }, task('b'), task('c'))
    const theirs = sop({ ...task('a'), inputs: { title: 'a', assignee: { by: 'initiator' } } }, task('b'), task('c'))
    const { sop: both, clashes } = merge(base, mine, theirs)
    expect(both.steps[0]!.inputs).toEqual({ title: 'mine', assignee: { by: 'initiator' } })
    expect(clashes).toEqual([])
  })

  it('asks where both changed the same, and does as told', () => {
    const [mine, theirs] = [sop(task('a', 'mine'), task('b'), task('c')), sop(task('a', 'theirs'), task('b'), task('c'))]
    expect(merge(base, mine, theirs).clashes.map(clash => clash.key)).toEqual(['step.a'])
    expect(merge(base, mine, theirs, () => 'theirs').sop.steps[0]!.inputs!.title).toBe('theirs')
    expect(merge(base, mine, theirs, () => 'mine').sop.steps[0]!.inputs!.title).toBe('mine')
  })

  it('keeps both steps that were given the same id', () => {
    const { sop: both, clashes } = merge(base, sop(...base.steps, task('task', 'mine')), sop(task('task', 'theirs'), ...base.steps))
    expect(ids(both.steps)).toEqual(['task', 'a', 'b', 'c', 'task2'])
    expect(clashes).toEqual([])
  })

  it('lets what reads a renamed step follow it', () => {
    const reads = { ...task('after'), inputs: { title: '{{steps.task.outcome}}' } }
    const { sop: both } = merge(base, sop(...base.steps, task('task', 'mine'), reads), sop(...base.steps, task('task', 'theirs')))
    expect(both.steps.find(step => step.id === 'after')!.inputs!.title).toBe('{{steps.task2.outcome}}')
  })

  it('removes what one took away and the other left alone', () => {
    expect(ids(merge(base, sop(task('a'), task('c')), base).sop.steps)).toEqual(['a', 'c'])
    expect(ids(merge(base, base, sop(task('b'), task('c'))).sop.steps)).toEqual(['b', 'c'])
  })

  it('asks where one took away what the other worked in', () => {
    const nested = sop(branch('x', task('a')), task('b'))
    const theirs = sop(branch('x', task('a'), task('new')), task('b'))
    const asked = merge(nested, sop(task('b')), theirs)
    expect(asked.clashes.map(clash => [clash.key, clash.mine])).toEqual([['step.x', null]])
    expect(ids(merge(nested, sop(task('b')), theirs, () => 'mine').sop.steps)).toEqual(['b'])
    expect(ids(merge(nested, sop(task('b')), theirs, () => 'theirs').sop.steps)).toEqual([{ x: ['a', 'new'] }, 'b'])
  })

  it('follows a move while the other changes the step', () => {
    const nested = sop(branch('x', task('a')), task('b'))
    const { sop: both } = merge(nested, sop(branch('x', task('a'), task('b'))), sop(branch('x', task('a')), task('b', 'changed')))
    expect(ids(both.steps)).toEqual([{ x: ['a', 'b'] }])
    expect(both.steps[0]!.paths![0]!.steps[1]!.inputs!.title).toBe('changed')
  })

  it('keeps a new order, and what was put in between', () => {
    const { sop: both } = merge(base, sop(task('c'), task('a'), task('b')), sop(task('a'), task('new'), task('b'), task('c')))
    expect(ids(both.steps)).toEqual(['c', 'a', 'new', 'b'])
  })

  it('never loses a step whose place is gone', () => {
    const two: Sop = sop({ ...branch('x'), paths: [{ id: 'p', steps: [] }, { id: 'q', steps: [] }] })
    const mine = sop({ ...branch('x'), paths: [{ id: 'p', steps: [] }] })
    const theirs = sop({ ...branch('x'), paths: [{ id: 'p', steps: [] }, { id: 'q', steps: [task('new')] }] })
    expect(JSON.stringify(merge(two, mine, theirs).sop)).toContain('"new"')
  })

  it('takes a name from one and the trigger from the other', () => {
    const { sop: both, clashes } = merge(base, { ...base, name: { zh: '新', en: 'New' } }, { ...base, triggers: [{ kind: 'updated' }] })
    expect([both.name.en, both.triggers[0]!.kind, clashes.length]).toEqual(['New', 'updated', 0])
  })
})
