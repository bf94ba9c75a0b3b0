import { label } from '@/texts'
import type { RunSummary } from './runs'

/** Incidents that one mend would solve: same SOP, step, class and message. */
export type Cause = { id: string; runs: RunSummary[] }

export function causesOf(runs: RunSummary[]): Cause[] {
  const causes = new Map<string, Cause>()
  for (const run of runs) {
    if (!run.incident) continue
    const id = [run.sop.key, run.incident.step, run.incident.class, label(run.incident.message)].join('|')
    const cause = causes.get(id) ?? { id, runs: [] }
    cause.runs.push(run)
    causes.set(id, cause)
  }
  return [...causes.values()].sort((a, b) => b.runs.length - a.runs.length)
}
