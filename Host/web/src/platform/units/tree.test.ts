import { expect, it } from 'vitest'
import { mayMove, treeOf, type Unit } from './tree'

const unit = (id: string, parent?: string): Unit => ({ id, version: 1, name: id, manager: null, region: null, parent: parent ? { id: parent, name: parent } : null })
const units = [unit('b', 'root'), unit('root'), unit('a', 'root'), unit('aa', 'a'), unit('lost', 'unseen')]

it('puts units below their parents, by name', () => {
  const [lost, root] = treeOf(units)
  expect([lost!.unit.id, root!.unit.id, root!.children.map(c => c.unit.id), root!.children[0]!.children[0]!.unit.id]).toEqual(['lost', 'root', ['a', 'b'], 'aa'])
})
it('refuses to put a unit below itself or its parts', () =>
  expect([mayMove(units, 'a', 'aa'), mayMove(units, 'a', 'a'), mayMove(units, 'aa', 'b'), mayMove(units, 'a', null)]).toEqual([false, false, true, true]))
