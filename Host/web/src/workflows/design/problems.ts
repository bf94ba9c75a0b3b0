import type { StepProblem } from '../canvas/context'
import type { SopProblem } from '../sops/sops'

export type ByStep = Record<string, StepProblem[]>

/** Problems by step, those of the SOP itself under ''. A step whose problems are what they were keeps its list. */
export function byStep(problems: SopProblem[], before: ByStep): ByStep {
  const all: ByStep = {}
  for (const problem of problems) (all[problem.step ?? ''] ??= []).push(problem)
  for (const [step, list] of Object.entries(all)) {
    const old = before[step]
    if (old && JSON.stringify(old) === JSON.stringify(list)) all[step] = old
  }
  return all
}

/** Errors before warnings, each in the order of the steps. */
export const sorted = (problems: SopProblem[]) => [...problems.filter(one => one.severity === 'error'), ...problems.filter(one => one.severity !== 'error')]
