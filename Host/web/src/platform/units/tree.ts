import type { Rec, Ref } from '@/api/types'

export type Unit = Rec & { name: string; parent: Ref | null; manager: Ref | null; region: string | null }
export type UnitNode = { unit: Unit; children: UnitNode[] }

/** Units below their parents, by name; one whose parent cannot be seen stands at the top. */
export function treeOf(units: Unit[]): UnitNode[] {
  const nodes = new Map(units.map(unit => [unit.id, { unit, children: [] } as UnitNode]))
  const top: UnitNode[] = []
  for (const node of nodes.values()) {
    const parent = node.unit.parent ? nodes.get(node.unit.parent.id) : undefined
    ;(parent ? parent.children : top).push(node)
  }
  const sort = (list: UnitNode[]) => {
    list.sort((a, b) => a.unit.name.localeCompare(b.unit.name, 'zh'))
    for (const node of list) sort(node.children)
  }
  sort(top)
  return top
}

/** Whether a unit may be put below another: not below itself or what is part of it. */
export function mayMove(units: Unit[], id: string, below: string | null): boolean {
  const parents = new Map(units.map(unit => [unit.id, unit.parent?.id ?? null]))
  for (let at = below, steps = 0; at; at = parents.get(at) ?? null) if (at === id || ++steps > units.length) return false
  return true
}
