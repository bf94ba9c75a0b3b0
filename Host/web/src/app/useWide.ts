import { useSyncExternalStore } from 'react'

function media(query: string) {
  const list = window.matchMedia(query)
  const subscribe = (tell: () => void) => {
    list.addEventListener('change', tell)
    return () => list.removeEventListener('change', tell)
  }
  return () => useSyncExternalStore(subscribe, () => list.matches)
}

/** At least as wide as a small tablet; below that the page is a phone's. */
export const useWide = media('(min-width: 768px)')
/** Room for a second column. */
export const useVeryWide = media('(min-width: 1180px)')
