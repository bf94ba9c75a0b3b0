import { blocksOf, stepsOf } from '../definition/blocks'
import type { StepState } from '../canvas/context'
import type { RunDetail } from './runs'

export type Progress = { states: Record<string, StepState>; taken: Set<string> }

const said: Record<string, StepState> = {
  completed: 'done', decided: 'done', timedOut: 'done', skipped: 'skipped', cancelled: 'cancelled', failed: 'failed',
  started: 'waiting', entered: 'waiting', waiting: 'waiting', retried: 'waiting',
}

/** Where a run has been, where it stands and which ways it took, from its history. */
export function progressOf(run: RunDetail): Progress {
  const states: Record<string, StepState> = {}
  for (const entry of run.history) {
    const state = said[entry.kind]
    if (entry.step && state) states[entry.step] = state
  }
  // a run that has ended waits for nothing; what it was inside of is over
  if (run.endedAt) for (const [step, state] of Object.entries(states)) if (state === 'waiting') states[step] = run.state === 'cancelled' ? 'cancelled' : 'done'
  for (const waiting of run.waitingFor) states[waiting.step] = 'waiting'
  if (run.incident) states[run.incident.step] = 'failed'
  const taken = new Set<string>()
  for (const step of stepsOf(run.definition.steps)) {
    const within = blocksOf(step).flatMap(block => [...stepsOf(block.steps)].map(one => states[one.id]))
    if (!states[step.id] && within.some(Boolean)) states[step.id] = within.includes('waiting') || within.includes('failed') ? 'waiting' : 'done'
    for (const block of blocksOf(step)) {
      const inside = [...stepsOf(block.steps)].some(one => states[one.id] !== undefined)
      const chosen = run.history.some(entry => entry.step === step.id && (entry.outcome === block.way || outputWay(entry.output) === block.way))
      if (inside || chosen) taken.add(`${step.id}/${block.way}`)
    }
  }
  return { states, taken }
}

const outputWay = (output: unknown) => (typeof output === 'object' && output !== null && 'way' in output ? output.way : undefined)
