import { describe, expect, it } from 'vitest'
import { both, complete, countConditions, toFilter, toGroup, type Filter } from './model'
import { readRelative, writeRelative } from './relative'

describe('the filter builder', () => {
  const filter: Filter = {
    and: [
      { field: 'status', op: 'in', value: ['new', 'contacting'] },
      { or: [{ field: 'score', op: 'between', value: [60, 100] }, { not: { field: 'customer.industry', op: 'empty' } }] },
      { field: 'createdAt', op: 'within', value: { last: 7 } },
    ],
  }

  it('gives back the filter it was given', () => expect(toFilter(toGroup(filter))).toEqual(filter))

  it('leaves out what is not finished, and empty groups with it', () => {
    expect(toFilter({ join: 'and', not: false, parts: [{ field: 'name', op: 'contains', value: '' }, { join: 'or', not: false, parts: [] }] })).toBeNull()
  })

  it('keeps what is not finished for whoever finds fault with it', () => {
    expect(toFilter({ join: 'and', not: false, parts: [{ field: 'source', op: 'in', value: [] }] }, true)).toEqual({ field: 'source', op: 'in' })
  })

  it('drops the value of a comparison that takes none', () =>
    expect(toFilter(toGroup({ field: 'owner', op: 'empty', value: 'x' }))).toEqual({ field: 'owner', op: 'empty' }))

  it('keeps a negated group negated', () => {
    const negated: Filter = { not: { or: [{ field: 'a', op: 'eq', value: 1 }, { field: 'b', op: 'eq', value: false }] } }
    expect(toFilter(toGroup(negated))).toEqual(negated)
  })

  it('takes false and zero for given values, half a range not', () => {
    expect(complete({ field: 'a', op: 'eq', value: false })).toBe(true)
    expect(complete({ field: 'a', op: 'eq', value: 0 })).toBe(true)
    expect(complete({ field: 'a', op: 'between', value: [1] })).toBe(false)
    expect(complete({ field: 'a', op: 'in', value: [] })).toBe(false)
  })

  it('joins two filters flat', () => {
    const a: Filter = { field: 'a', op: 'notEmpty' }
    expect(both(filter, a)).toEqual({ and: [...filter.and, a] })
    expect(both(null, a)).toBe(a)
    expect(countConditions(both(filter, a))).toBe(5)
  })

  it('reads and writes times before and after now', () => {
    for (const plus of ['-P3D', 'P14D', '-PT2H']) {
      const base = plus.includes('T') ? 'now' : 'today'
      expect(writeRelative(base, readRelative({ $: base, plus })!)).toEqual({ $: base, plus })
    }
    expect(writeRelative('today', { amount: 0, unit: 'D', before: true })).toEqual({ $: 'today' })
  })
})
