import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { refresh } from './refresh'

test('an event that comes while a list is being fetched is not lost', async () => {
  const client = new QueryClient()
  const answers: ((answer: string) => void)[] = []
  const seen: unknown[] = []
  const observer = new QueryObserver(client, { queryKey: ['tasks', { mine: true }], queryFn: () => new Promise<string>(answer => answers.push(answer)) })
  const stop = observer.subscribe(result => result.data !== undefined && seen.push(result.data))

  const told = refresh(client, { queryKey: ['tasks'] })
  answers[0]!('before the event')
  await told
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]!('after the event')
  await vi.waitFor(() => expect(seen.at(-1)).toBe('after the event'))
  expect(answers).toHaveLength(2)
  stop()
})

test('an event fetches what is on the screen once', async () => {
  const client = new QueryClient()
  let fetched = 0
  const observer = new QueryObserver(client, { queryKey: ['tasks'], queryFn: () => Promise.resolve(++fetched) })
  const stop = observer.subscribe(() => undefined)
  await vi.waitFor(() => expect(fetched).toBe(1))
  await vi.waitFor(() => expect(client.isFetching()).toBe(0))
  await refresh(client, { queryKey: ['tasks'] })
  await vi.waitFor(() => expect(client.isFetching()).toBe(0))
  expect(fetched).toBe(2)
  stop()
})
