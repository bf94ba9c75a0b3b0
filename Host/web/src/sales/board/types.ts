import type { Rec } from '@/api/types'

export type Column = { stage: string; label: string; count: number; amount: number; items: Rec[]; next: string | null }
export type BoardData = { columns: Column[] }

const amount = (record: Rec) => Number(record.amount ?? 0)

/** The board after a card has moved, totals with it: shown at once, before the server has answered. */
export function moved(board: BoardData, id: string, to: string): BoardData {
  const from = board.columns.find(column => column.items.some(item => item.id === id))
  const card = from?.items.find(item => item.id === id)
  if (!from || !card || from.stage === to) return board
  return {
    columns: board.columns.map(column => {
      if (column.stage === from.stage)
        return { ...column, items: column.items.filter(item => item.id !== id), count: column.count - 1, amount: column.amount - amount(card) }
      if (column.stage === to)
        return { ...column, items: [{ ...card, stage: to }, ...column.items], count: column.count + 1, amount: column.amount + amount(card) }
      return column
    }),
  }
}
