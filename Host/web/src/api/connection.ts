import { useSyncExternalStore } from 'react'

let lost = false
const listeners = new Set<() => void>()

/** Told by the client after every request: whether the server answered. */
export function setLost(value: boolean) {
  if (lost === value) return
  lost = value
  listeners.forEach(tell => tell())
}

window.addEventListener('offline', () => setLost(true))
window.addEventListener('online', () => setLost(false))

function subscribe(tell: () => void) {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export const useLost = () => useSyncExternalStore(subscribe, () => lost)
