import { useEffect, useSyncExternalStore } from 'react'
import { useNavigate } from 'react-router'

let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()

function found(worker: ServiceWorker | null) {
  waiting = worker
  listeners.forEach(tell => tell())
}

const hour = 60 * 60_000

/** Installs the service worker and looks for a newer one now and then. Not while the page is being developed: it would serve old files. */
export async function startWorker() {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null)
  if (!registration) return
  // The first one is no update.
  const noteNew = () => {
    if (registration.waiting && navigator.serviceWorker.controller) found(registration.waiting)
  }
  noteNew()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', noteNew))
  setInterval(() => void registration.update().catch(() => undefined), hour)
  let reloading = false
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!waiting || reloading) return
    reloading = true
    window.location.reload()
  })
}

const subscribe = (tell: () => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** A newer version of the page that waits to be taken; null where there is none. */
export const useNewVersion = () => useSyncExternalStore(subscribe, () => waiting)

export const takeNewVersion = () => waiting?.postMessage('take-over')

/** A notice that was pushed and tapped opens in the window that is there. */
export function useOpenedNotices() {
  const navigate = useNavigate()
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    const open = (event: MessageEvent<{ open?: string }>) => {
      if (event.data.open) void navigate(event.data.open)
    }
    navigator.serviceWorker.addEventListener('message', open)
    return () => navigator.serviceWorker.removeEventListener('message', open)
  }, [navigate])
}
