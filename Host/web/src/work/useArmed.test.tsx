// @vitest-environment jsdom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { follows, useArmed } from './useArmed'

const Button = () => <button disabled={!useArmed()} />

async function opened(state?: typeof follows) {
  const place = document.createElement('div')
  await act(() => createRoot(place).render(<MemoryRouter initialEntries={[{ pathname: '/approvals/2', state }]}><Button /></MemoryRouter>))
  return place.querySelector('button')!
}

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.useFakeTimers()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('what is opened from the list can be decided at once', async () => expect((await opened()).disabled).toBe(false))

it('what takes the place of something just decided cannot be pressed for a moment', async () => {
  const button = await opened(follows)
  expect(button.disabled).toBe(true)
  await act(() => vi.advanceTimersByTime(700))
  expect(button.disabled).toBe(true)
  await act(() => vi.advanceTimersByTime(200))
  expect(button.disabled).toBe(false)
})
