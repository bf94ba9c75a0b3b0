import { label, t } from '@/texts'
import type { ApprovalStage, AwaitedEvent, Escalation, Inputs } from '../../definition/sop'
import type { StepInput } from '../../steps/descriptions'
import type { Words } from '../../words/context'
import { durationWords } from '../../words/duration'
import { textOf } from '../../words/parts'
import { peopleWords } from '../../words/people'
import { triggerSentence } from '../../words/trigger'

/** An item of a list in a few words. */
export function itemWords(input: StepInput, item: Inputs, words: Words): string {
  switch (input.key) {
    case 'stages': {
      const stage = item as unknown as ApprovalStage
      return stage.approvers ? t(`workflows.stage_${stage.mode ?? 'any'}`, { people: peopleWords(stage.approvers, words) }) : ''
    }
    case 'escalations': {
      const late = item as unknown as Escalation
      const act = label(input.items?.find(one => one.key === 'do')?.options?.find(option => option.key === (late.do ?? 'notify'))?.label)
      return [late.after && t('designer.lateBy', { duration: durationWords(late.after) }), act, late.to && peopleWords(late.to, words)].filter(Boolean).join(' · ')
    }
    case 'events': {
      const on = (item as unknown as AwaitedEvent).on as AwaitedEvent['on'] | undefined
      return on?.kind ? textOf(triggerSentence(on, words)) : ''
    }
    default: return ''
  }
}
