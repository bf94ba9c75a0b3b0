import type { Step } from '../definition/sop'

const key = 'crm.steps'

/** Copied steps outlive the page, so that they can be put into another SOP. */
export const keep = (steps: Step[]) => localStorage.setItem(key, JSON.stringify(steps))

export function kept(): Step[] {
  try {
    const steps: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(steps) ? (steps as Step[]) : []
  } catch {
    return []
  }
}
