import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useContext, useState, type ReactNode } from 'react'
import { permissionsQuery } from '@/platform/roles/roles'
import { label, t } from '@/texts'
import { taskOf, type Trigger } from '../../definition/sop'
import type { Duration } from '../../words/duration'
import { fieldAt } from '../../words/paths'
import { useDesignWords } from '../words'
import { CronInput } from './CronInput'
import { DurationInput } from './DurationInput'
import { EditedStep } from './editedStep'
import type { InputProps } from './InputControl'
import { NameSelect } from './NameSelect'
import { TriggerInput } from './TriggerInput'

/** Inputs whose type alone says too little for a good control. */
export function specialControl(props: InputProps): ReactNode | null {
  const { input, value, onChange } = props
  switch (`${input.type} ${input.key}`) {
    case 'object on': return <TriggerInput awaited value={value as Trigger} onChange={onChange} />
    case 'json requires': case 'json asks': return <Questions {...props} />
    case 'text outcome': return <Outcome {...props} />
    case 'json reminders': return <Durations {...props} />
    case 'json weights': return <Weights {...props} />
    case 'json headers': return <Pairs {...props} />
    case 'multiSelect forbidden': return <Allowed {...props} />
    case 'text permission': return <PermissionSelect {...props} />
    case 'text cron': return <CronInput name={label(input.label)} value={value as string} onChange={onChange} />
    default: return null
  }
}

/** Questions of the step's own form. */
function Questions({ input, value, onChange }: InputProps) {
  const words = useDesignWords()
  const step = useContext(EditedStep)
  const form = step ? (taskOf(step).form ?? []) : []
  const nameOf = (key: string, own?: string) => label(form.find(one => one.key === key)?.label) || label(own ? fieldAt(own, words)?.label : undefined) || key
  return (
    <Select
      mode="multiple"
      aria-label={label(input.label)}
      value={(value as string[]) ?? []}
      onChange={keys => onChange(keys.length > 0 ? keys : undefined)}
      options={form.map(question => ({ value: question.key, label: nameOf(question.key, question.field) }))}
      placeholder={form.length === 0 ? t('designer.noQuestions') : undefined}
    />
  )
}

/** A button of the step. */
function Outcome({ input, value, onChange }: InputProps) {
  const step = useContext(EditedStep)
  const outcomes = step ? (taskOf(step).outcomes ?? []) : []
  return (
    <Select
      allowClear
      aria-label={label(input.label)}
      value={value as string | undefined}
      onChange={onChange}
      options={outcomes.length > 0 ? outcomes.map(outcome => ({ value: outcome.key, label: label(outcome.label) })) : [{ value: 'done', label: t('workflows.outcome_done') }]}
    />
  )
}

function Durations({ input, value, onChange }: InputProps) {
  const list = (value as Duration[] | undefined) ?? []
  const set = (next: Duration[]) => onChange(next.length > 0 ? next : undefined)
  return (
    <div className="design-stack">
      {list.map((one, i) => (
        <div key={i} className="design-row">
          <DurationInput name={`${label(input.label)} ${i + 1}`} value={one} onChange={next => set(next ? list.map((old, j) => (j === i ? next : old)) : list.filter((_, j) => j !== i))} />
          <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('designer.removeItem', { name: `${label(input.label)} ${i + 1}` })} onClick={() => set(list.filter((_, j) => j !== i))} />
        </div>
      ))}
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => set([...list, { business: 'PT1H' }])}>{t('designer.addTo', { list: label(input.label) })}</Button>
    </div>
  )
}

/** How much the vote of each role counts; others count 1. */
function Weights({ value, onChange }: InputProps) {
  const entries = Object.entries((value as Record<string, number> | undefined) ?? {})
  const set = (next: [string, number][]) => onChange(next.length > 0 ? Object.fromEntries(next) : undefined)
  const [adding, setAdding] = useState(false)
  return (
    <div className="design-stack">
      {entries.map(([role, weight], i) => (
        <div key={role} className="design-row">
          <NameSelect name={t('workflows.by_role')} of="role" value={role} onChange={next => next && set(entries.map((entry, j) => (j === i ? [next, weight] : entry)))} />
          <InputNumber aria-label={t('designer.weight')} min={1} max={100} precision={0} value={weight} onChange={next => set(entries.map((entry, j) => (j === i ? [role, next ?? 1] : entry)))} />
          <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('designer.removeItem', { name: role })} onClick={() => set(entries.filter((_, j) => j !== i))} />
        </div>
      ))}
      {adding
        ? <NameSelect name={t('workflows.by_role')} of="role" value={undefined} onChange={role => { if (role) set([...entries, [role, 2]]); setAdding(false) }} />
        : <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('designer.addWeight')}</Button>}
    </div>
  )
}

/** Names and values, such as the headers of a request. */
function Pairs({ input, value, onChange }: InputProps) {
  const entries = Object.entries((value as Record<string, unknown> | undefined) ?? {})
  const set = (next: [string, unknown][]) => onChange(next.length > 0 ? Object.fromEntries(next) : undefined)
  return (
    <div className="design-stack">
      {entries.map(([key, one], i) => (
        <div key={i} className="design-row">
          <Input aria-label={t('designer.pairName')} value={key} onChange={event => set(entries.map((entry, j) => (j === i ? [event.target.value, one] : entry)))} />
          <Input aria-label={t('designer.pairValue')} value={typeof one === 'string' ? one : JSON.stringify(one)} onChange={event => set(entries.map((entry, j) => (j === i ? [key, event.target.value] : entry)))} />
          <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('designer.removeItem', { name: key })} onClick={() => set(entries.filter((_, j) => j !== i))} />
        </div>
      ))}
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => set([...entries, [`X-${entries.length + 1}`, '']])}>{t('designer.addTo', { list: label(input.label) })}</Button>
    </div>
  )
}

/** What approvers may do beside approving and rejecting; it is kept as what they may not. */
function Allowed({ input, value, onChange }: InputProps) {
  const forbidden = (value as string[] | undefined) ?? []
  const options = input.options ?? []
  const change = (allowed: string[]) => {
    const next = options.map(option => option.key).filter(key => !allowed.includes(key))
    onChange(next.length > 0 ? next : undefined)
  }
  return (
    <Checkbox.Group
      className="design-checks"
      value={options.map(option => option.key).filter(key => !forbidden.includes(key))}
      onChange={keys => change(keys as string[])}
      options={options.map(option => ({ value: option.key, label: label(option.label) }))}
    />
  )
}

function PermissionSelect({ input, value, onChange }: InputProps) {
  const all = useQuery(permissionsQuery)
  return (
    <Select
      allowClear
      aria-label={label(input.label)}
      placeholder={t('designer.everybody')}
      showSearch={{ optionFilterProp: 'label' }}
      value={value as string | undefined}
      onChange={onChange}
      options={all.data?.items.map(permission => ({ value: permission.key, label: label(permission.label) }))}
    />
  )
}
