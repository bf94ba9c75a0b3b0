import type { ReactNode } from 'react'
import type { Block } from '../definition/blocks'
import type { Sop, Step } from '../definition/sop'
import type { Words } from '../words/context'
import { kindName, stepName } from '../words/names'
import { textOf, type Part } from '../words/parts'
import { stepSentence } from '../words/sentence'
import { triggerSentence } from '../words/trigger'
import { wayWords } from '../words/way'
import { stepHue, stepIcon } from './icons'

/** What a card says. */
export type Said = { head: string; name: string; parts: Part[]; text: string; icon: ReactNode; hue: string }

/** Every sentence of a drawing, made once. */
export type Says = { step: (step: Step) => Said; way: (step: Step, block: Block) => string; start: (sop: Sop) => Part[][] }

export function saysIn(words: Words): Says {
  const steps = new Map<string, Said>()
  const ways = new Map<string, string>()
  let start: Part[][] | undefined
  const once = <T>(made: Map<string, T>, key: string, make: () => T): T => {
    const known = made.get(key)
    if (known !== undefined) return known
    const now = make()
    made.set(key, now)
    return now
  }
  return {
    step: step => once(steps, step.id, () => {
      const kind = kindName(step.kind, words)
      const name = stepName(step, words)
      const parts = stepSentence(step, words)
      return { head: step.name && name !== kind ? `${kind} · ${name}` : kind, name, parts, text: textOf(parts), icon: stepIcon(step.kind, words), hue: stepHue(step.kind, words) }
    }),
    way: (step, block) => once(ways, `${step.id}/${block.way}`, () => wayWords(step, block, words)),
    start: sop => (start ??= sop.triggers.map(trigger => triggerSentence(trigger, words))),
  }
}
