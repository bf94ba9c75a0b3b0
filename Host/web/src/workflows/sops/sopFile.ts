import type { Sop } from '../definition/sop'

/** Whether what was read has the outer form of an SOP; the server says the rest. */
export function isSop(value: unknown): value is Sop {
  const sop = value as Partial<Sop> | null
  return typeof sop === 'object' && sop !== null && typeof sop.record === 'string' && Array.isArray(sop.steps) && Array.isArray(sop.triggers) && sop.name !== undefined
}

/** A key for a new SOP from its name: letters, digits and hyphens, and an ending that makes it its own. */
export function freeKey(name: string, random: () => number = Math.random): string {
  const base = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || 'sop'
  const start = /^[a-z]/.test(base) ? base : `sop-${base}`
  return `${start}-${Math.floor(random() * 36 ** 4).toString(36).padStart(4, '0')}`
}

/** Hands a text or a picture to the browser as a file. */
export function download(name: string, content: string | Blob, type = 'application/json') {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1_000)
}
