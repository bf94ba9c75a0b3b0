import type { Inputs } from '../../definition/sop'
import type { StepInput } from '../../steps/descriptions'

/** Whether an input means anything beside the others as they are set. */
export function shows({ key }: StepInput, inputs: Inputs): boolean {
  switch (key) {
    case 'threshold': case 'weights': return inputs.mode === 'vote'
    case 'escalateTo': return inputs.whenLate === 'escalate'
    case 'remindEvery': return Number(inputs.remind ?? 0) > 0
    case 'whenLate': case 'remind': return inputs.due !== undefined || inputs[key] !== undefined
    case 'count': return inputs.join === 'count' || !('join' in inputs)
    case 'from': return Array.isArray(inputs.fields) && inputs.fields.length === 1
    case 'outcome': return inputs.do === 'complete' || !('after' in inputs)
    default: return true
  }
}

/** Inputs that most leave as they are: they stand behind "more". */
const rare: Record<string, string[]> = {
  task: ['reminders', 'escalations'],
  approval: ['initiator', 'initiatorIsApprover', 'afterReturn', 'returnToInitiator', 'copies', 'forbidden'],
  forEach: ['filter', 'max', 'together'],
  waitFor: ['already'],
}

export const isRare = (kind: string, input: StepInput) => rare[kind]?.includes(input.key) === true
