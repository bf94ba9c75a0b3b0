import { Input, InputNumber, Select, Switch } from 'antd'
import { memo, useCallback, useContext, useLayoutEffect, useRef } from 'react'
import { label, t, tMaybe } from '@/texts'
import type { Filter } from '@/records/filter/model'
import type { Inputs, Moment, PeopleRule, Wording } from '../../definition/sop'
import type { StepInput } from '../../steps/descriptions'
import type { Duration } from '../../words/duration'
import { optionsOf, typeOfInput } from '../../words/inputs'
import { loopType } from '../conditionType'
import { useDesignWords } from '../words'
import { ConditionInput } from './ConditionInput'
import { DurationInput } from './DurationInput'
import { EditedStep } from './editedStep'
import { FieldSelect } from './FieldSelect'
import { FieldValuesInput } from './FieldValuesInput'
import { JsonInput } from './JsonInput'
import { KeySelect } from './KeySelect'
import { ListInput } from './ListInput'
import { MomentInput } from './MomentInput'
import { NameSelect } from './NameSelect'
import { PathSelect } from './PathSelect'
import { PeopleInput } from './PeopleInput'
import { Section } from './Section'
import { shows } from './shows'
import { specialControl } from './special'
import { ValueInput } from './ValueInput'
import { WordingInput } from './WordingInput'

export type InputProps = { input: StepInput; value: unknown; inputs: Inputs; onChange: (value: unknown) => void }

/** The control for an input, by its type: what a step's description says is all there is to know. */
export function InputControl({ input, value, inputs, onChange }: InputProps) {
  const words = useDesignWords()
  const step = useContext(EditedStep)
  const type = typeOfInput(input, inputs, words)
  const name = label(input.label)
  const special = specialControl({ input, value, inputs, onChange })
  if (special) return special
  switch (input.type) {
    case 'integer':
    case 'decimal':
      return <InputNumber aria-label={name} value={value as number} min={input.min ?? undefined} max={input.max ?? undefined} precision={input.type === 'integer' ? 0 : undefined} onChange={n => onChange(n ?? undefined)} placeholder={input.default === undefined ? undefined : String(input.default)} />
    case 'boolean':
      return <Switch aria-label={name} checked={(value ?? input.default) === true} onChange={onChange} />
    case 'label':
      return <WordingInput name={name} value={value as Wording} onChange={onChange} />
    case 'template':
      return <WordingInput template name={name} value={value as Wording} onChange={onChange} long={/^(script|body|text)$/.test(input.key)} />
    case 'duration':
      return <DurationInput name={name} value={value as Duration} onChange={onChange} />
    case 'moment':
      return <MomentInput name={name} value={value as Moment} onChange={onChange} required={input.required} />
    case 'select':
    case 'multiSelect':
      return (
        <Select
          allowClear={!input.required}
          mode={input.type === 'multiSelect' ? 'multiple' : undefined}
          aria-label={name}
          value={value ?? input.default ?? undefined}
          onChange={onChange}
          options={input.options?.map(option => ({ value: option.key, label: label(option.label) }))}
        />
      )
    case 'field':
    case 'fields':
      return <FieldSelect name={name} type={type} many={input.type === 'fields'} value={value ?? input.default} onChange={onChange} />
    case 'path':
      return <PathSelect name={name} type={type} value={value as string} onChange={onChange} />
    case 'filter':
      return <ConditionInput type={type} value={value as Filter} onChange={onChange} />
    case 'condition':
      return <ConditionInput steps type={type} value={value as Filter} onChange={onChange} />
    case 'people':
      return <PeopleInput name={name} value={value as PeopleRule} onChange={onChange} required={input.required} />
    case 'role':
    case 'recordType':
    case 'sop':
      return <NameSelect name={name} of={input.type} value={value as string} onChange={onChange} />
    case 'mailTemplate':
      return <KeySelect name={name} of="mailTemplate" holding={{ about: words.sop.record }} value={value as string} onChange={onChange} />
    case 'record': {
      const about = input.typeField && { [input.typeField]: loopType(words, step?.id)?.key ?? words.sop.record }
      return <KeySelect name={name} of={input.references!} holding={{ ...input.holding, ...about }} value={value as string} onChange={onChange} />
    }
    case 'option':
      return <Select allowClear={!input.required} aria-label={name} showSearch={{ optionFilterProp: 'label' }} value={value as string} onChange={onChange} options={optionsOf(input, inputs, { ...words, type }).map(option => ({ value: option.key, label: label(option.label) }))} />
    case 'fieldValues':
      return <FieldValuesInput type={type} value={value as Inputs} onChange={onChange} />
    case 'value':
      return <ValueInput input={input} inputs={inputs} value={value} onChange={onChange} />
    case 'list':
      return <ListInput input={input} value={value as Inputs[]} onChange={onChange} />
    case 'object':
      return <div className="design-object"><Members items={input.items ?? []} value={(value ?? {}) as Inputs} onChange={onChange} /></div>
    case 'json':
      return <JsonInput name={name} value={value} onChange={onChange} />
    default:
      if (input.secret) return <Input.Password aria-label={name} autoComplete="new-password" value={(value as string) ?? ''} onChange={e => onChange(e.target.value || undefined)} />
      return <Input aria-label={name} value={(value as string) ?? ''} onChange={e => onChange(e.target.value || undefined)} />
  }
}

type MembersProps = { items: StepInput[]; value: Inputs; onChange: (value: Inputs) => void }

/** Labelled controls for the members of an object: a step's inputs, a stage, a button. */
export function Members({ items, value, onChange }: MembersProps) {
  const latest = useRef({ value, onChange })
  useLayoutEffect(() => {
    latest.current = { value, onChange }
  })
  const set = useCallback((key: string, next: unknown) => {
    const { value: all, onChange: tell } = latest.current
    const { [key]: _, ...rest } = all
    tell(next === undefined || next === null ? rest : { ...all, [key]: next })
  }, [])
  return <>{items.filter(input => shows(input, value)).map(input => <Member key={input.key} input={input} value={value[input.key]} inputs={value} set={set} />)}</>
}

type MemberProps = { input: StepInput; value: unknown; inputs: Inputs; set: (key: string, value: unknown) => void }

/** Drawn again only when its own value changed, or one that it depends on. */
const Member = memo(function Member({ input, value, inputs, set }: MemberProps) {
  const onChange = useCallback((next: unknown) => set(input.key, next), [set, input.key])
  const name = input.key === 'forbidden' ? t('designer.allowed') : label(input.label)
  const control = <InputControl input={input} value={value} inputs={inputs} onChange={onChange} />
  const said = label(input.help) || (input.key === 'mode' ? tMaybe(`designer.mode_${String(value ?? input.default)}`, '') : '')
  const help = said && <div className="muted small">{said}</div>
  if (input.type === 'list') return <Section title={name} required={input.required} count={Array.isArray(value) ? value.length : 0} open={input.required === true}>{control}{help}</Section>
  return (
    <div className="design-field" {...(composed.includes(input.type) && { role: 'group', 'aria-label': name })}>
      <div className="design-label">{name}{input.required && <span className="design-star" aria-hidden> *</span>}</div>
      {control}
      {help}
    </div>
  )
}, (a, b) => a.input === b.input && a.value === b.value && a.set === b.set && dependencies(a.input).every(key => a.inputs[key] === b.inputs[key]))

/** Types whose control is made of several. */
const composed = ['people', 'moment', 'filter', 'condition', 'fieldValues', 'object', 'value', 'multiSelect']

/** Other inputs that a control looks at. */
const dependencies = (input: StepInput): string[] => [...(input.typeFrom ? [input.typeFrom] : []), ...(input.optionsFrom ? [input.optionsFrom] : []), ...(input.type === 'value' ? ['field', 'fields'] : [])]
