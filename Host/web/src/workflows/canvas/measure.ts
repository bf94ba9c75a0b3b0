import type { Block } from '../definition/blocks'
import type { Sop, Step } from '../definition/sop'
import type { Words } from '../words/context'
import { textOf } from '../words/parts'
import { stepSentence } from '../words/sentence'
import { triggerSentence } from '../words/trigger'
import { wayWords } from '../words/way'
import { cardWidth, type Measure } from './layout'

const lineHeight = 20
const chinese = 13.2
const latin = 6.7

/** How many lines a text takes in a width; near enough to give cards their height before they are drawn. */
export function lines(text: string, width: number, most: number): number {
  const length = [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? chinese : latin), 0)
  return Math.min(most, Math.max(1, Math.ceil((length * 1.06) / width)))
}

export const maxLines = 4

export function measureIn(words: Words): Measure {
  const inner = cardWidth - 28
  return {
    start: (sop: Sop) => 42 + sop.triggers.reduce((sum, trigger) => sum + 4 + lineHeight * lines(textOf(triggerSentence(trigger, words)), inner, 3), 0),
    step: (step: Step) => 46 + lineHeight * lines(textOf(stepSentence(step, words)), inner, maxLines),
    way: (step: Step, block: Block) => 14 + 18 * lines(wayWords(step, block, words), 176, 3),
  }
}
