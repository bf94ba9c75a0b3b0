import { describe, expect, it } from 'vitest'
import { findStep, slotOf, stepsOf } from '../definition/blocks'
import type { Sop, Step } from '../definition/sop'
import { sop } from '../words/example'
import { layout, type FlowNode } from './layout'

const flat = { start: () => 80, step: () => 60, way: () => 30 }
const flow = layout(sop, flat)
const at = (id: string) => flow.nodes.find(node => node.id === id)!
const bottom = (node: FlowNode) => node.y + node.height
const center = (node: FlowNode) => node.x + node.width / 2
const apart = (a: FlowNode, b: FlowNode) => a.x + a.width <= b.x || b.x + b.width <= a.x || bottom(a) <= b.y || bottom(b) <= a.y

describe('a flow', () => {
  it('draws every step once', () =>
    expect(flow.nodes.filter(n => n.kind === 'step').map(n => n.id).sort()).toEqual([...stepsOf(sop.steps)].map(s => s.id).sort()))
  it('never lays one card over another', () => {
    const cards = flow.nodes.filter(node => node.kind !== 'frame')
    for (const a of cards) for (const b of cards) if (a !== b) expect(apart(a, b), `${a.id} and ${b.id}`).toBe(true)
  })
  it('goes down', () => {
    for (const edge of flow.edges) expect(bottom(at(edge.from)), edge.id).toBeLessThan(at(edge.to).y + 1)
  })
  it('puts a step under the middle of the one before', () => expect(center(at('ask'))).toBe(center(at('contact'))))
  it('joins ways again, but not one that ends the run', () => {
    expect(flow.edges.filter(edge => edge.to === 'result/join').map(edge => edge.from)).toEqual(['rest', 'result/rich'])
  })
  it('encloses what is repeated', () => {
    const frame = at('each/frame')
    const inner = at('tell')
    expect(frame.x < inner.x && frame.y < inner.y && bottom(inner) < bottom(frame)).toBe(true)
  })
  it('knows the place that each line passes', () => {
    expect(flow.edges.find(edge => edge.id === 'contact>result')!.slot).toEqual({ owner: null, way: '', index: 1 })
    expect(flow.edges.find(edge => edge.id === 'result/rich>result/join')!.slot).toEqual({ owner: 'result', way: 'rich', index: 0 })
    expect(slotOf(sop, 'rest')).toEqual({ owner: 'result', way: 'yes', index: 0 })
    expect(findStep(sop, 'tell')?.kind).toBe('notify')
  })
  it('stays inside its own measure', () => {
    for (const node of flow.nodes) expect(node.x >= 0 && node.x + node.width <= flow.width && bottom(node) <= flow.height, node.id).toBe(true)
  })
})

it('lays out 200 steps in branches within branches', () => {
  const nest = (depth: number): Step[] =>
    depth === 0 ? [{ id: `leaf${Math.random()}`, kind: 'wait' }] : [{ id: `b${Math.random()}`, kind: 'branch', paths: [{ id: 'a', steps: nest(depth - 1) }], else: nest(depth - 1) }]
  const large: Sop = { ...sop, steps: [...nest(6), ...nest(5)] }
  expect(layout(large, flat).nodes.length).toBeGreaterThan(190)
})
