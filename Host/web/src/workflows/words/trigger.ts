import { label, t } from '@/texts'
import type { Inputs, Trigger } from '../definition/sop'
import { conditionWords, fieldValueWords } from './condition'
import type { Words } from './context'
import { cronWords } from './cron'
import type { Duration } from './duration'
import { describedSentence } from './inputs'
import { momentWords } from './moment'
import { say, type Part } from './parts'
import { fieldAt, pathWords } from './paths'

/** What starts a run, or what a wait listens to. */
export function triggerSentence(trigger: Trigger, words: Words): Part[] {
  const event = eventSentence(trigger.kind, trigger.inputs ?? {}, words)
  return trigger.filter ? [...event, ...say('workflows.triggerWhen', { condition: conditionWords(trigger.filter, words) })] : event
}

function eventSentence(kind: string, inputs: Inputs, words: Words): Part[] {
  const record = label(words.type?.label) || words.sop.record
  const fields = (inputs.fields ?? []) as string[]
  switch (kind) {
    case 'created': return say('workflows.triggerCreated', { record })
    case 'updated':
      return fields.length === 0
        ? say('workflows.triggerUpdated', { record })
        : say('workflows.triggerFields', { record, fields: fields.map(path => pathWords(path, words)).join(t('workflows.orComma')) })
    case 'stageEntered': {
      const path = (inputs.field as string | undefined) ?? 'stage'
      return say('workflows.triggerStage', { record, field: pathWords(path, words), value: fieldValueWords(fieldAt(path, words), inputs.to, words) })
    }
    case 'button': return say('workflows.triggerButton', { record, label: label(inputs.label as string | undefined) || '…' })
    case 'schedule': return say('workflows.triggerSchedule', { record, when: [{ text: cronWords(inputs.cron as string | undefined), value: true }] })
    case 'dateField': return say('workflows.triggerDate', { at: momentWords({ path: inputs.field as string, plus: inputs.offset as Duration | undefined }, words) })
    default: {
      const description = words.trigger(kind)
      return description ? [{ text: `${record} · ` }, ...describedSentence(description, inputs, words)] : [{ text: kind }]
    }
  }
}

export const reentryWords = (trigger: Trigger) => t(`workflows.reentry_${trigger.reentry ?? 'everyTime'}`)
