import { expect, it } from 'vitest'
import { moved, type BoardData } from './types'

const board: BoardData = {
  columns: [
    { stage: 'discover', label: '', count: 2, amount: 300, next: null, items: [{ id: 'a', version: 1, amount: 100 }, { id: 'b', version: 1, amount: 200 }] },
    { stage: 'won', label: '', count: 0, amount: 0, next: null, items: [] },
  ],
}

it('moves the card with its amount', () => {
  const next = moved(board, 'a', 'won')
  expect(next.columns.map(({ count, amount }) => [count, amount])).toEqual([[1, 200], [1, 100]])
  expect(next.columns[1]!.items[0]).toMatchObject({ id: 'a', stage: 'won' })
})

it('leaves everything as it was when nothing moves', () => {
  expect(moved(board, 'a', 'discover')).toBe(board)
  expect(moved(board, 'nobody', 'won')).toBe(board)
})
