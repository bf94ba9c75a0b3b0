import { expect, it } from 'vitest'
import { begin, change, redo, undo } from './history'

it('goes back and forth through every change', () => {
  let history = change(change(begin('a'), 'b'), 'c')
  history = undo(undo(history))
  expect(history.now).toBe('a')
  expect(redo(history).now).toBe('b')
})
it('forgets what was undone after a new change', () => expect(redo(change(undo(change(begin('a'), 'b')), 'x')).now).toBe('x'))
it('undoes typing as one', () => expect(undo(change(change(begin(''), 'h', false), 'hi', true)).now).toBe(''))
it('stays where there is nothing to undo', () => expect(undo(begin('a')).now).toBe('a'))
