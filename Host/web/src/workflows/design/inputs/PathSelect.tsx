import { Cascader } from 'antd'
import type { FieldType, RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { fieldsOf, pathTree } from '@/records/filter/paths'

type Props = { name: string; type: RecordType | undefined; value: string | undefined; onChange: (path: string | undefined) => void; only?: FieldType[]; references?: string }

/** A field of the record or of one it refers to. */
export function PathSelect({ name, type, value, onChange, only, references }: Props) {
  const { byKey } = useCatalogue()
  if (!type) return null
  const fits = (path: string) => {
    const field = fieldsOf(type, path, byKey)?.at(-1)
    return field !== undefined && (!only || only.includes(field.type)) && (!references || field.references === references)
  }
  return (
    <Cascader
      aria-label={name}
      options={pathTree(type, byKey)}
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
