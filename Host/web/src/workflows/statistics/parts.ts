import { findStep } from '../definition/blocks'
import type { Words } from '../words/context'
import { stepName } from '../words/names'
import type { SliceFilter, Statistics } from './statistics'

/** What every part of the figures shows from. */
export type Part = { sop: string; slice: SliceFilter; figures: Statistics; words: Words }

/** A step by its name; by its id where the version shown does not have it. */
export function nameOf(id: string, words: Words): string {
  const step = findStep(words.sop, id)
  return step ? stepName(step, words) : id
}
