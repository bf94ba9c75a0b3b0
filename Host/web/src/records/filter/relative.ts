import type { Relative } from './model'

export type RelativeParts = { amount: number; unit: 'D' | 'H'; before: boolean }

/** Reads `{"$":"today","plus":"-P3D"}`; null where the duration has other parts than days or hours. */
export function readRelative(value: Relative): RelativeParts | null {
  const plus = 'plus' in value ? value.plus : undefined
  if (!plus) return { amount: 0, unit: value.$ === 'now' ? 'H' : 'D', before: true }
  const days = /^(-?)P(\d+)D$/.exec(plus)
  if (days) return { amount: Number(days[2]), unit: 'D', before: days[1] === '-' }
  const hours = /^(-?)PT(\d+)H$/.exec(plus)
  return hours ? { amount: Number(hours[2]), unit: 'H', before: hours[1] === '-' } : null
}

export function writeRelative(base: 'now' | 'today', { amount, unit, before }: RelativeParts): Relative {
  if (amount === 0) return { $: base }
  return { $: base, plus: `${before ? '-' : ''}${unit === 'D' ? `P${amount}D` : `PT${amount}H`}` }
}

export const isRelative = (value: unknown): value is Relative =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && '$' in value
