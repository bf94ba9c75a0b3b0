// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Approval } from '../types'
import { useDecide, type Act } from './useDecide'

const approval = { id: '7', record: { type: 'quote' }, mySeat: 0 } as Approval

function Button({ does }: { does: Act }) {
  const decide = useDecide(approval, () => undefined, () => undefined)
  return <button disabled={decide.waits} onClick={() => decide.mutate({ act: does })}>{decide.status}</button>
}

async function pressed(does: Act) {
  const place = document.createElement('div')
  await act(() => createRoot(place).render(
    <QueryClientProvider client={new QueryClient()}><MemoryRouter><Button does={does} /></MemoryRouter></QueryClientProvider>,
  ))
  const button = place.querySelector('button')!
  await act(async () => button.click())
  await act(() => vi.waitFor(() => expect(button.textContent).toBe('success')))
  return button
}

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({})))
})
afterEach(() => vi.unstubAllGlobals())

it('what was just decided cannot be decided again while it is still on the page', async () => expect((await pressed('approve')).disabled).toBe(true))

it('after a comment one goes on with the same approval', async () => expect((await pressed('comment')).disabled).toBe(false))
