// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest'
import { loadLocale } from '@/texts'
import { findStep, stepsOf } from '../definition/blocks'
import { replace } from '../definition/edit'
import type { Sop } from '../definition/sop'
import { words } from '../words/example'
import { drawingOf, type Drawing } from './drawing'
import { layout } from './layout'
import { measureIn } from './measure'
import { saysIn } from './says'

const select = () => undefined

function draw(sop: Sop, before: Drawing | null = null): Drawing {
  const now = { ...words, sop }
  const says = saysIn(now, before?.says)
  return drawingOf(layout(sop, measureIn(says)), says, { words: now, selected: null, select }, before)
}

const titled = (sop: Sop, id: string, title: string) => replace(sop, id, step => ({ ...step, inputs: { ...step.inputs, title } }))
const drawnAnew = (before: Drawing, after: Drawing) => after.nodes.filter((node, i) => node !== before.nodes[i]).map(node => node.id)
const saidAnew = (before: Drawing, after: Drawing, sop: Sop) => [...stepsOf(sop.steps)].filter(step => after.says.step(step) !== before.says.steps.get(step.id)?.said).map(step => step.id)

beforeAll(() => loadLocale('zh'))

describe('a drawing made again', () => {
  const reads = titled(words.sop, 'ask', '{{steps.contact.note}}')

  it('makes the sentence and the piece of a changed step anew, and no others', () => {
    const sop = titled(words.sop, 'ask', '折扣审批')
    const after = draw(sop, draw(words.sop))
    const next = titled(sop, 'ask', '折扣')
    expect(saidAnew(after, draw(next, after), next)).toEqual(['ask'])
    expect(drawnAnew(after, draw(next, after))).toEqual(['ask'])
  })
  it('makes anew also what names a changed step', () => {
    const before = draw(reads)
    const next = titled(reads, 'contact', '二次联系')
    expect(drawnAnew(before, draw(next, before))).toEqual(['contact', 'result/yes', 'ask'])
  })
  it('makes all anew where names are looked up elsewhere', () => {
    const before = draw(reads)
    const step = findStep(reads, 'contact')!
    expect(saysIn({ ...before.says.words, person: () => 'Li Na' }, before.says).step(step)).not.toBe(before.says.step(step))
  })
})
