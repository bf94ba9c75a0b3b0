import { describe, expect, it } from 'vitest'
import { sop, words } from '../words/example'
import { stepsOf } from '../definition/blocks'
import { pagesOf, pictureOf, svgOf, wrapped } from './picture'

const picture = pictureOf(words)

describe('a picture', () => {
  it('shows every step', () => {
    const svg = svgOf(picture)
    expect(svg.match(/rx="12"/g)!.length).toBe([...stepsOf(sop.steps)].length)
  })
  it('holds no markup of its texts', () => {
    const odd = pictureOf({ ...words, sop: { ...sop, steps: [{ id: 'x', kind: 'end', name: { zh: '<b>&', en: '<b>&' } }] } })
    expect(svgOf(odd)).not.toContain('<b>')
  })
  it('is cut into pages that leave nothing out and cut no card', () => {
    const pages = pagesOf(picture, 300)
    expect(pages.length).toBeGreaterThan(2)
    expect(pages[0]!.from).toBe(0)
    expect(pages.at(-1)!.to).toBe(picture.height)
    pages.slice(1).forEach((page, i) => expect(page.from).toBe(pages[i]!.to))
    for (const { to } of pages.slice(0, -1)) expect(picture.flow.nodes.filter(node => node.kind === 'step' && node.y + 24 < to && node.y + node.height + 24 > to)).toEqual([])
  })
})
it('breaks texts without losing any of them', () => {
  const parts = [{ text: '把任务 ' }, { text: 'First contact with the customer', value: true }, { text: '交给负责人，一个工作小时内完成' }]
  expect(wrapped(parts, 120, 99).flat().map(part => part.text).join('')).toBe(parts.map(part => part.text).join(''))
})
