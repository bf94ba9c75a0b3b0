import { label, t } from '@/texts'
import type { Block } from '../definition/blocks'
import type { Step } from '../definition/sop'
import { conditionWords } from './condition'
import type { Words } from './context'

/** What stands at the head of one way of a step. */
export function wayWords(step: Step, block: Block, words: Words): string {
  if (step.kind === 'waitFor') return t(block.way === 'timedOut' ? 'workflows.wayTimedOut' : 'workflows.wayEvent')
  if (step.kind === 'branch' && block.way === 'else') return t('workflows.wayElse')
  if (label(block.label)) return label(block.label)
  if (step.kind === 'branch') return block.when ? conditionWords(block.when, words) : t('workflows.noCondition')
  return t('workflows.wayParallel', { n: (step.paths ?? []).findIndex(path => path.id === block.way) + 1 })
}
