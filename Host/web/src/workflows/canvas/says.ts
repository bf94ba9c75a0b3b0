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
export type Says = {
  words: Words
  steps: ReadonlyMap<string, { step: Step; said: Said }>
  triggers: { of: Sop['triggers']; said: Part[][] }
  step: (step: Step) => Said
  way: (step: Step, block: Block) => string
  start: (sop: Sop) => Part[][]
}

/** The sentences of an SOP. Those of steps that are as they were `before` are taken from there. */
export function saysIn(words: Words, before: Says | null = null): Says {
  const known = before && sameLookups(before.words, words) ? before : null
  const steps = new Map<string, { step: Step; said: Said }>()
  const ways = new Map<string, string>()
  const { triggers } = words.sop
  const started = known?.triggers.of === triggers && !looksAround(triggers) ? known.triggers.said : triggers.map(trigger => triggerSentence(trigger, words))
  return {
    words,
    steps,
    triggers: { of: triggers, said: started },
    step: step => {
      const made = steps.get(step.id)
      if (made?.step === step) return made.said
      const old = known?.steps.get(step.id)
      const said = old?.step === step && !looksAround(step.inputs) ? old.said : saidOf(step, words)
      steps.set(step.id, { step, said })
      return said
    },
    way: (step, block) => {
      const key = `${step.id}/${block.way}`
      const made = ways.get(key) ?? wayWords(step, block, words)
      ways.set(key, made)
      return made
    },
    start: () => started,
  }
}

function saidOf(step: Step, words: Words): Said {
  const kind = kindName(step.kind, words)
  const name = stepName(step, words)
  const parts = stepSentence(step, words)
  return { head: step.name && name !== kind ? `${kind} · ${name}` : kind, name, parts, text: textOf(parts), icon: stepIcon(step.kind, words), hue: stepHue(step.kind, words) }
}

const sameLookups = (a: Words, b: Words) =>
  a.type === b.type && a.find === b.find && a.step === b.step && a.trigger === b.trigger && a.person === b.person && a.role === b.role && a.sopName === b.sopName

/** Names other steps, or what started the run: it may read otherwise although it did not change itself. */
const looksAround = (inputs: unknown) => /\b(steps|item|run)\./.test(JSON.stringify(inputs) ?? '')
