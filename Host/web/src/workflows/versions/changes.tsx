import type { ReactNode } from 'react'
import type { Label } from '@/api/types'
import { label, t } from '@/texts'
import type { Filter } from '@/records/filter/model'
import type { Mark } from '../canvas/context'
import { findStep } from '../definition/blocks'
import type { Sop, Trigger } from '../definition/sop'
import { StepFacts } from '../steps/StepFacts'
import { conditionWords } from '../words/condition'
import type { Words } from '../words/context'
import { inputWords } from '../words/inputs'
import { kindName, stepName } from '../words/names'
import { textOf } from '../words/parts'
import { triggerSentence } from '../words/trigger'
import { wayWords } from '../words/way'
import { blocksOf } from '../definition/blocks'
import type { Comparison, InputChange, StepChange, StepPlace } from './versions'

/** The strongest of a step's differences: what it is marked with. */
export const markOf = (change: StepChange): Mark => (['added', 'removed', 'changed', 'moved'] as const).find(mark => change.differences.includes(mark)) ?? 'changed'

/** Marks for the drawing of one side: what is gone shows before, what is new after. */
export function marksOf({ head, steps }: Comparison, side: 'before' | 'after'): Record<string, Mark> {
  const marks: Record<string, Mark> = {}
  for (const change of steps) {
    const mark = markOf(change)
    if (mark !== (side === 'before' ? 'added' : 'removed')) marks[change.step] = mark
  }
  if (head.some(change => change.path === 'triggers')) marks.start = 'changed'
  return marks
}

const nameIn = (id: string, words: Words) => {
  const step = findStep(words.sop, id)
  return step ? stepName(step, words) : id
}

function placeWords(place: StepPlace | null, words: Words): string {
  if (!place) return ''
  const after = place.after ? nameIn(place.after, words) : ''
  const owner = place.owner ? findStep(words.sop, place.owner) : undefined
  if (!owner) return after ? t('versions.placeAfter', { name: after }) : t('versions.placeFirst')
  const block = blocksOf(owner).find(one => one.way === place.way)
  const way = (block && wayWords(owner, block, words)) || place.way
  const args = { owner: stepName(owner, words), way, name: after }
  return after ? t('versions.placeInAfter', args) : t('versions.placeInFirst', args)
}

/** A difference as plain sentences; those of a step that moved and changed are two. */
export function sentences(change: StepChange, before: Words, after: Words): string[] {
  const name = nameIn(change.step, change.placeAfter ? after : before) || kindName(change.kind, after)
  return change.differences.map(mark => {
    switch (mark) {
      case 'added': return t('versions.added', { name, place: placeWords(change.placeAfter, after) })
      case 'removed': return t('versions.removed', { name })
      case 'moved': return t('versions.moved', { name, place: placeWords(change.placeAfter, after), from: placeWords(change.placeBefore, before) })
      case 'changed': return t('versions.changed', { name })
    }
  })
}

/** What an input is called and what it says on one side. */
export type Said = { title: string; before: ReactNode; after: ReactNode }

export function inputSaid(step: string, change: InputChange, before: Words, after: Words): Said {
  return { title: titleOf(step, change, before, after), before: valueSaid(step, change, change.before, before), after: valueSaid(step, change, change.after, after) }
}

function titleOf(step: string, { path, label: given }: InputChange, before: Words, after: Words): string {
  const [first, second, third] = path.split('.')
  if (first === 'name') return t('versions.stepName')
  if (first === 'inputs') return label(given) || second || t('versions.other')
  if (first !== 'paths') return t('versions.other')
  if (!second) return t('versions.ways')
  const way = wayName(step, second, after) || wayName(step, second, before) || second
  return t(third === 'when' ? 'versions.wayWhen' : third === 'label' ? 'versions.wayLabel' : 'versions.wayOf', { way })
}

function wayName(id: string, way: string, words: Words): string {
  const step = findStep(words.sop, id)
  const block = step && blocksOf(step).find(one => one.way === way)
  return step && block ? wayWords(step, block, words) : ''
}

function valueSaid(id: string, { path }: InputChange, value: unknown, words: Words): ReactNode {
  const [first, second, third] = path.split('.')
  if (first === 'paths' && second && !third) return t(value ? 'versions.wayThere' : 'versions.wayNone')
  if (value === null || value === undefined) return t('versions.empty')
  if (first === 'name' || third === 'label') return label(value as Label)
  if (third === 'when') return conditionWords(value as Filter, words)
  if (first !== 'inputs') return JSON.stringify(value)
  const step = findStep(words.sop, id)
  const input = step && words.step(step.kind)?.inputs.find(one => one.key === second)
  if (!step || !input || path.split('.').length > 2) return typeof value === 'object' ? JSON.stringify(value) : String(value)
  const inputs = { ...step.inputs, [input.key]: value }
  return input.type === 'list' || input.type === 'object'
    ? <StepFacts inputs={[input]} values={inputs} words={words} />
    : inputWords(input, value, inputs, words) || JSON.stringify(value)
}

/** A difference of the SOP itself. */
export function headSaid(change: InputChange, before: Words, after: Words): Said {
  const value = (of: unknown, words: Words): ReactNode => {
    if (of === null || of === undefined) return t('versions.empty')
    if (change.path === 'record') return label(words.find(String(of))?.label) || String(of)
    if (change.path === 'triggers') return (of as Trigger[]).map((trigger, i) => <div key={i}>{textOf(triggerSentence(trigger, words))}</div>)
    return label(of as Label)
  }
  return { title: t(`versions.head_${change.path as keyof Pick<Sop, 'name' | 'about' | 'record' | 'triggers'>}`), before: value(change.before, before), after: value(change.after, after) }
}

/** How many of each. */
export const countsOf = ({ steps, head }: Comparison) => ({
  added: steps.filter(change => change.differences.includes('added')).length,
  removed: steps.filter(change => change.differences.includes('removed')).length,
  moved: steps.filter(change => change.differences.includes('moved')).length,
  changed: steps.filter(change => change.differences.includes('changed')).length + head.length,
})
