import { Cascader } from 'antd'
import type { FieldType, RecordType } from '@/api/types'
import { fieldsOf, pathTree } from '@/records/filter/paths'
import { useKnown } from '../useKnown'

type Props = { name: string; type?: RecordType; value: string | undefined; onChange: (path: string | undefined) => void; only?: FieldType[]; references?: string }

/** A field of the record or of one it refers to; without a `type`, anything that the edited step can read. */
export function PathSelect({ name, type, value, onChange, only, references }: Props) {
  const known = useKnown()
  const of = type ?? known.type
  const fits = (path: string) => {
    const field = fieldsOf(of, path, known.find)?.at(-1)
    return field !== undefined && !field.references?.startsWith('$') && (!only || only.includes(field.type)) && (!references || field.references === references)
  }
  return (
    <Cascader
      aria-label={name}
      options={pathTree(of, known.find, type ? 3 : 4)}
      value={value ? value.split('.') : undefined}
      changeOnSelect
      allowClear
      showSearch
      expandTrigger="hover"
      displayRender={labels => labels.join(' › ')}
      onChange={path => {
        const next = (path as string[] | undefined)?.join('.')
        if (!next) onChange(undefined)
        else if (fits(next)) onChange(next)
      }}
    />
  )
}
