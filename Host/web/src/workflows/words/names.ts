import { label, tMaybe } from '@/texts'
import type { Step, Wording } from '../definition/sop'
import type { Words } from './context'

/** What a step is called where its whole sentence would be too much. */
export function stepName(step: Step, words: Words): string {
  const title = step.kind === 'task' || step.kind === 'approval' ? templateTitle(step.inputs?.title as Wording | undefined) : ''
  return label(step.name) || title || kindName(step.kind, words)
}

/** A title without the parts that differ from record to record. */
const templateTitle = (text: Wording | undefined) =>
  label(text).replace(/[\s:：,，·-]*\{\{[^}]*\}\}+[\s]*/g, ' ').trim()

export const kindName = (kind: string, words: Words) => label(words.step(kind)?.label) || tMaybe(`workflows.kind_${kind}`, kind)
