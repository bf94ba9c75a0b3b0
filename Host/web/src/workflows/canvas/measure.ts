import type { Block } from '../definition/blocks'
import type { Sop, Step } from '../definition/sop'
import { textOf } from '../words/parts'
import { cardWidth, type Measure } from './layout'
import type { Says } from './says'

const lineHeight = 20
const chinese = 13.2
const latin = 6.7

export const widthOf = (text: string): number => {
  let width = 0
  for (const c of text) width += c.charCodeAt(0) > 0x2e7f ? chinese : latin
  return width
}

/** How many lines a text takes in a width; near enough to give cards their height before they are drawn. */
export const lines = (text: string, width: number, most: number): number => Math.min(most, Math.max(1, Math.ceil((widthOf(text) * 1.06) / width)))

export const maxLines = 4

export function measureIn(says: Says): Measure {
  const inner = cardWidth - 28
  return {
    start: (sop: Sop) => 42 + says.start(sop).reduce((sum, parts) => sum + 4 + lineHeight * lines(textOf(parts), inner, 3), 0),
    step: (step: Step) => 46 + lineHeight * lines(says.step(step).text, inner, maxLines),
    way: (step: Step, block: Block) => 14 + 18 * lines(says.way(step, block), 176, 3),
  }
}
