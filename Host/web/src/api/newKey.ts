/** A key for one intended create; keep it for as long as the same form is tried again. */
export const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`
