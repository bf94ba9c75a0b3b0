import { expect, it } from 'vitest'
import type { Task } from '../types'
import { fieldsFor, given, missing } from './answers'

const field = (key: string, required = false) => ({ key, type: 'text' as const, label: key, required })
const task = {
  form: [field('need', true), field('note'), field('nextTry')],
  outcomes: [
    { key: 'interested', label: '', style: 'primary', requires: [], asks: [] },
    { key: 'notReached', label: '', style: 'default', requires: ['nextTry'], asks: ['nextTry'], skipsForm: true },
  ],
} as unknown as Task
const [interested, notReached] = task.outcomes as [Task['outcomes'][number], Task['outcomes'][number]]

it('asks for the fields of an outcome only once it is chosen', () => {
  expect(fieldsFor(task, null).map(f => f.key)).toEqual(['need', 'note'])
  expect(fieldsFor(task, notReached).map(f => f.key)).toEqual(['need', 'note', 'nextTry'])
})

it('demands what the chosen outcome requires and nothing of the others', () => {
  expect(missing(task, interested, {})).toEqual(['need'])
  expect(missing(task, notReached, { need: '' })).toEqual(['nextTry'])
  expect(missing(task, notReached, { nextTry: 'x' })).toEqual([])
})

it('sends no answers to questions that were not asked', () =>
  expect(given(task, interested, { need: 'a', note: '', nextTry: 'x' })).toEqual({ need: 'a' }))
