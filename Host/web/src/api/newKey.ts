/** A UUID: a key for one intended create (keep it for as long as the same form is tried again), a name for a window. Pages that are not served safely lack the browser's own. */
export const newKey = (): string =>
  crypto.randomUUID?.() ?? '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, digit => (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0]! & (15 >> (Number(digit) / 4)))).toString(16))
