import { useState } from 'react'
import type { RecordType } from '@/api/types'
import { FilterBuilder } from '@/records/filter/FilterBuilder'
import { MoreTypes } from '@/records/filter/find'
import { toFilter, toGroup, type Filter, type Group } from '@/records/filter/model'
import { useKnown } from '../useKnown'

type Props = { type: RecordType | undefined; value: Filter | undefined; onChange: (value: Filter | undefined) => void; steps?: boolean }

/** The filter builder; `steps` lets conditions also ask what earlier steps brought. Half a condition is kept and is a fault of the draft: left out it would hold for everything. */
export function ConditionInput({ type, value, onChange, steps }: Props) {
  const known = useKnown()
  const virtual = steps ? known : null
  // groups without conditions live here: the grammar has none
  const [group, setGroup] = useState<{ of: Filter | undefined; group: Group }>(() => ({ of: value, group: toGroup(value) }))
  const shown = JSON.stringify(group.of ?? null) === JSON.stringify(value ?? null) ? group.group : toGroup(value)
  if (!type) return null
  const set = (next: Group) => {
    const filter = toFilter(next, true) ?? undefined
    setGroup({ of: filter, group: next })
    if (JSON.stringify(filter ?? null) !== JSON.stringify(value ?? null)) onChange(filter)
  }
  return <MoreTypes value={virtual?.find ?? null}><FilterBuilder type={virtual?.type ?? type} value={shown} onChange={set} /></MoreTypes>
}
