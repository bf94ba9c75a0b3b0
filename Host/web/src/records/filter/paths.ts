import type { Field, RecordType } from '@/api/types'
import { label } from '@/texts'

type Find = (key: string | null | undefined) => RecordType | undefined

/** The fields along a dotted path (`customer.industry`), or null where a part is unknown. */
export function fieldsOf(type: RecordType, path: string, find: Find): Field[] | null {
  const fields: Field[] = []
  let at: RecordType | undefined = type
  for (const part of path.split('.')) {
    const field: Field | undefined = at?.fields.find(f => f.key === part)
    if (!field) return null
    fields.push(field)
    at = field.type === 'reference' ? find(field.references) : undefined
  }
  return fields
}

export const pathLabel = (fields: Field[]) => fields.map(field => label(field.label)).join(' › ')

export type PathNode = { value: string; label: string; children?: PathNode[] }

/** The fields one may filter by, with those of referenced records below them. */
export function pathTree(type: RecordType, find: Find, depth = 3): PathNode[] {
  return type.fields
    .filter(field => field.type !== 'lines' && field.key !== 'deletedAt')
    .map(field => {
      const target = field.type === 'reference' ? find(field.references) : undefined
      const node: PathNode = { value: field.key, label: label(field.label) }
      if (target && depth > 1) node.children = pathTree(target, find, depth - 1)
      return node
    })
}

/** Every field of the tree that holds a value, called by its whole way. */
export const leaves = (nodes: PathNode[], path = '', name = ''): { path: string; name: string }[] =>
  nodes.flatMap(node => node.children
    ? leaves(node.children, `${path}${node.value}.`, `${name}${node.label} › `)
    : [{ path: path + node.value, name: name + node.label }])
