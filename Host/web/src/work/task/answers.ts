import type { FormField, Task } from '../types'

type Outcome = Task['outcomes'][number]

/** Fields that belong to one outcome only, and are asked for once it is chosen. */
const asked = (task: Task) => new Set(task.outcomes.flatMap(outcome => outcome.asks ?? []))

const asksFor = (outcome: Outcome | null, key: string) => outcome !== null && (outcome.asks.includes(key) || outcome.requires.includes(key))

/** The fields to show: the common ones, and those of the chosen outcome. */
export function fieldsFor(task: Task, chosen: Outcome | null): FormField[] {
  const own = asked(task)
  return task.form.filter(field => !own.has(field.key) || asksFor(chosen, field.key))
}

/** Whether a field must be filled for this outcome. */
export function needed(task: Task, field: FormField, chosen: Outcome | null): boolean {
  if (!chosen) return field.required === true && !asked(task).has(field.key)
  return chosen.requires.includes(field.key) || (field.required === true && !chosen.skipsForm)
}

const empty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Keys still to be filled before the outcome can be sent. */
export const missing = (task: Task, chosen: Outcome, answers: Record<string, unknown>): string[] =>
  fieldsFor(task, chosen).filter(field => needed(task, field, chosen) && empty(answers[field.key])).map(field => field.key)

/** What is sent: the visible fields that have an answer. */
export const given = (task: Task, chosen: Outcome, answers: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(fieldsFor(task, chosen).filter(field => !empty(answers[field.key])).map(field => [field.key, answers[field.key]]))
