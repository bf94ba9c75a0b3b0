import { expect, it } from 'vitest'
import type { Field } from '@/api/types'
import { lineErrors, newLine, readLines, writeLines } from './lines'

const name = { zh: '', en: '' }
const field: Field = {
  key: 'lines', type: 'lines', label: name,
  line: [
    { key: 'product', type: 'reference', label: name, references: 'product' },
    { key: 'quantity', type: 'decimal', label: name, default: 1 },
    { key: 'amount', type: 'money', label: name, readOnly: true },
  ],
}
const read = () => readLines(field, [{ product: { id: 'p', name: 'P' }, quantity: 2, amount: 10 }])

it('writes references as ids and leaves out what is computed', () =>
  expect(writeLines(field, read())).toEqual([{ product: 'p', quantity: 2 }]))

it('begins a line with the defaults, and does not send it while it is empty', () => {
  expect(newLine(field).values).toEqual({ product: null, quantity: 1 })
  expect(writeLines(field, [newLine(field)])).toEqual([])
})

it('finds the line of an error although empty lines were not sent', () => {
  const lines = [newLine(field), ...read()]
  expect(lineErrors([{ field: 'lines[0].product', message: 'x' }], lines).get(lines[1]!.key)).toEqual(['x'])
})
