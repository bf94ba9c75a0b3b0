import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { base } from '@/api/client'
import { keys } from '@/api/keys'
import type { LiveEvent } from '@/api/types'
import { refresh } from './refresh'

/** What a live event makes stale. Marking is enough: what is on the screen is fetched again, the rest when it is next shown. */
export function staleKeys(event: LiveEvent): readonly (readonly unknown[])[] {
  switch (event.kind) {
    case 'task':
      return [keys.tasks(), keys.numbers]
    case 'approval':
      return [keys.approvals(), keys.numbers]
    case 'notification':
      return [keys.notifications]
    case 'run':
      return [keys.runs(), keys.sops('list')]
    case 'sop':
      return [keys.sops()]
    case 'editing':
      return [keys.editors()]
    case 'migration':
      return [keys.migrations(), keys.runs()]
    case 'replay':
      return [keys.replays()]
    case 'import':
      return [keys.imports()]
    case 'record':
      return event.type ? [keys.type(event.type), keys.numbers] : [['records']]
  }
}

/** Figures count much and may be some seconds old. */
export function slowKeys(event: LiveEvent): readonly (readonly unknown[])[] {
  return event.kind === 'run' || event.kind === 'task' || event.kind === 'approval' ? [keys.figures(), keys.quotas()] : []
}

/** Bursts (an import, an SOP) are taken together. */
function batcher(client: QueryClient, stale: (event: LiveEvent) => readonly (readonly unknown[])[], pause: number) {
  const waiting = new Map<string, readonly unknown[]>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return (event: LiveEvent) => {
    for (const key of stale(event)) waiting.set(JSON.stringify(key), key)
    if (waiting.size > 0) timer ??= setTimeout(() => {
      timer = undefined
      for (const queryKey of waiting.values()) void refresh(client, { queryKey })
      waiting.clear()
    }, pause)
  }
}

/** What live events are about, by the first part of its keys. */
const told = new Set<unknown>([keys.tasks(), keys.approvals(), keys.notifications, keys.runs(), keys.migrations(), keys.replays(), keys.imports(), keys.type('')].map(key => key[0]))

/** Listens to the server for as long as the page is open and comes back after a broken connection. */
export function useLive() {
  const client = useQueryClient()
  useEffect(() => {
    const takes = [batcher(client, staleKeys, 150), batcher(client, slowKeys, 3_000)]
    let source: EventSource | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    let delay = 1_000
    let missed = false

    const open = () => {
      source = new EventSource(base + 'live')
      source.onopen = () => {
        delay = 1_000
        // what was read before the first connection stood may have missed an event just as well
        void refresh(client, missed ? {} : { predicate: ({ queryKey }) => told.has(queryKey[0]) || queryKey[1] === keys.numbers[1] })
        missed = false
      }
      source.onmessage = message => {
        const event = JSON.parse(message.data as string) as LiveEvent
        for (const take of takes) take(event)
      }
      source.onerror = () => {
        source?.close()
        missed = true
        again = setTimeout(open, delay)
        delay = Math.min(delay * 2, 30_000)
      }
    }
    open()
    return () => {
      clearTimeout(again)
      source?.close()
    }
  }, [client])
}
