import { Input, Select } from 'antd'
import { label, t } from '@/texts'
import { FieldInput } from '@/records/fields/FieldInput'
import { fieldAt } from '../../words/paths'
import { useDesignWords } from '../words'
import type { InputProps } from './InputControl'
import { PathSelect } from './PathSelect'

/** A constant, in the control of the field it is compared with; or a field of the record. */
export function ValueInput({ input, inputs, value, onChange }: InputProps) {
  const words = useDesignWords()
  const watched = inputs.field ?? (Array.isArray(inputs.fields) && inputs.fields.length === 1 ? inputs.fields[0] : input.optionsFrom ? 'stage' : undefined)
  const field = typeof watched === 'string' ? fieldAt(watched, words) : undefined
  const name = label(input.label)
  if (field?.type === 'select')
    return (
      <Select
        mode="multiple"
        aria-label={name}
        value={Array.isArray(value) ? value : value === undefined ? [] : [value]}
        onChange={(keys: unknown[]) => onChange(keys.length === 0 ? undefined : keys.length === 1 ? keys[0] : keys)}
        options={field.options?.map(option => ({ value: option.key, label: label(option.label) }))}
      />
    )
  if (field) return <FieldInput field={field} value={value} onChange={next => onChange(next ?? undefined)} />
  const path = typeof value === 'object' && value !== null && 'path' in value ? String(value.path) : undefined
  return (
    <div className="design-stack">
      <Select
        aria-label={name}
        value={path === undefined ? 'text' : 'path'}
        onChange={kind => onChange(kind === 'path' ? { path: words.type?.nameField ?? '' } : undefined)}
        options={[{ value: 'text', label: t('workflows.fixedValue') }, { value: 'path', label: t('workflows.fieldValue') }]}
      />
      {path === undefined
        ? <Input aria-label={name} value={typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)} onChange={e => onChange(e.target.value || undefined)} />
        : <PathSelect name={name} value={path} onChange={next => onChange(next ? { path: next } : undefined)} />}
    </div>
  )
}
