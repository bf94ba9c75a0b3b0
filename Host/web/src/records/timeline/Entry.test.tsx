// @vitest-environment jsdom
import { beforeAll, expect, it, vi } from 'vitest'

// the theme asks the browser for its preferences as soon as it is loaded
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
const { loadLocale } = await import('@/texts')
const { actorOf } = await import('./Entry')

beforeAll(() => loadLocale('en'))

it('calls the system as the reader calls it', () => expect(actorOf({ actor: { id: null, name: '系统' } as never, source: 'system' })).toBe('System'))
it('names people, forms and SOPs', () => {
  expect(actorOf({ actor: { id: '1', name: '李娜' }, source: 'user' })).toBe('李娜')
  expect(actorOf({ actor: { id: null, name: 'Quote approval' } as never, source: 'sop' })).toBe('Quote approval')
})
