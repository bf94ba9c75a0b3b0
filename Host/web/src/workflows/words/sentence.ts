import { label, t } from '@/texts'
import type { Filter } from '@/records/filter/model'
import { approvalOf, taskOf, type AwaitedEvent, type Moment, type Step } from '../definition/sop'
import { conditionWords } from './condition'
import type { Words } from './context'
import { durationWords } from './duration'
import { describedSentence } from './inputs'
import { limitWords, momentWords } from './moment'
import { kindName } from './names'
import { say, type Part } from './parts'
import { peopleWords } from './people'
import { templateWords } from './template'
import { triggerSentence } from './trigger'

/** A step as one sentence in the user's language. */
export function stepSentence(step: Step, words: Words): Part[] {
  const inputs = step.inputs ?? {}
  switch (step.kind) {
    case 'task': return taskSentence(step, words)
    case 'approval': return approvalSentence(step, words)
    case 'branch': return branchSentence(step)
    case 'parallel': return parallelSentence(step)
    case 'wait': return waitSentence(inputs.until as Moment, words)
    case 'waitFor': return waitForSentence(step, words)
    case 'forEach': return say('workflows.forEachSentence', { type: label(words.find(inputs.type as string)?.label) || String(inputs.type ?? '') })
    case 'repeat':
      return say('workflows.repeatSentence', { condition: conditionWords(inputs.until as Filter, words), n: Number(inputs.max ?? 10) })
    case 'call': return say('workflows.callSentence', { sop: label(words.sopName(String(inputs.sop)) ?? String(inputs.sop ?? '')) })
    case 'end': return endSentence(step)
    default: {
      const description = words.step(step.kind)
      return description ? describedSentence(description, inputs, words) : [{ text: kindName(step.kind, words) }]
    }
  }
}

function taskSentence(step: Step, words: Words): Part[] {
  const task = taskOf(step)
  const late = task.escalations?.[0]
  const parts = say('workflows.taskSentence', { person: peopleWords(task.assignee, words), title: templateWords(task.title, words) || '…' })
  if (task.due) parts.push(...say('workflows.taskDue', { limit: limitWords(task.due, words) }))
  if (late) {
    const to = late.to ? peopleWords(late.to, words) : t('workflows.superior')
    const outcome = label(task.outcomes?.find(o => o.key === late.outcome)?.label) || late.outcome || ''
    parts.push(...say(`workflows.late_${late.do ?? 'notify'}`, { to, outcome }))
  }
  return parts
}

function approvalSentence(step: Step, words: Words): Part[] {
  const { title, stages = [] } = approvalOf(step)
  const said = stages.map(stage => t(`workflows.stage_${stage.mode ?? 'any'}`, { people: peopleWords(stage.approvers, words) }))
  return say('workflows.approvalSentence', { title: templateWords(title, words) || '…', stages: said.join(t('workflows.then')) || t('workflows.nobody') })
}

const branchSentence = (step: Step): Part[] =>
  say(step.inputs?.match === 'all' ? 'workflows.branchAll' : 'workflows.branchFirst', { n: (step.paths?.length ?? 0) + 1 })

function parallelSentence(step: Step): Part[] {
  const join = step.inputs?.join ?? 'all'
  const n = step.paths?.length ?? 0
  if (join === 'any') return say('workflows.parallelAny', { n })
  return join === 'count' ? say('workflows.parallelCount', { n, count: Number(step.inputs?.count ?? n) }) : say('workflows.parallelAll', { n })
}

const waitSentence = (until: Moment | undefined, words: Words): Part[] =>
  until?.in ? say('workflows.waitFor', { duration: durationWords(until.in) }) : say('workflows.waitUntil', { at: momentWords(until, words) })

function waitForSentence(step: Step, words: Words): Part[] {
  const events = (step.inputs?.events ?? []) as AwaitedEvent[]
  const said = events.map(event => label(event.label) || triggerSentence(event.on, words).map(part => part.text).join(''))
  const parts = say('workflows.waitForSentence', { events: said.join(t('workflows.or')) })
  const within = step.inputs?.within as Moment | undefined
  if (!within) return parts
  return [...parts, ...(within.in ? say('workflows.atMost', { duration: durationWords(within.in) }) : say('workflows.atMostUntil', { at: momentWords(within, words) }))]
}

function endSentence(step: Step): Part[] {
  const cancelled = step.inputs?.as === 'cancelled'
  const reason = label(step.inputs?.reason as string | undefined)
  const end = say(cancelled ? 'workflows.endCancelled' : 'workflows.endCompleted')
  return reason ? [...end, ...say('workflows.because', { reason })] : end
}
