import { DeleteOutlined, DownOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Checkbox, Select } from 'antd'
import { useState } from 'react'
import type { Field } from '@/api/types'
import { label, t, tMaybe } from '@/texts'
import type { FormQuestion, Inputs } from '../../definition/sop'
import { useDesignWords } from '../words'
import { Members } from './InputControl'
import { newItem, type ListProps } from './ListInput'
import { Sortable } from './Sortable'

/** What a person is asked: fields of the record, which take the answer, or questions of their own. Dragged into order. */
export function FormBuilder({ input, value = [], onChange }: ListProps) {
  const words = useDesignWords()
  const [open, setOpen] = useState<number | null>(null)
  const questions = value as unknown as FormQuestion[]
  const fields = words.type?.fields.filter(field => !field.readOnly && !['lines', 'json'].includes(field.type)) ?? []
  const fieldOf = (question: FormQuestion) => fields.find(field => field.key === question.field)
  const free = fields.filter(field => !questions.some(question => question.field === field.key))
  const set = (next: FormQuestion[]) => onChange(next.length > 0 ? (next as unknown as Inputs[]) : undefined)
  const nameOf = (question: FormQuestion, i: number) => label(question.label) || label(fieldOf(question)?.label) || t('designer.questionN', { n: i + 1 })
  const ask = (field?: Field) => {
    const taken = value.some(item => item.key === field?.key)
    set([...questions, newItem(input, value, field ? { ...(taken ? {} : { key: field.key }), field: field.key } : { type: 'text' }) as unknown as FormQuestion])
    if (!field) setOpen(value.length)
  }
  const itemsOf = (question: FormQuestion) => (input.items ?? [])
    .filter(item => item.key !== 'key' && item.key !== 'required' && (question.field ? item.key !== 'type' && item.key !== 'options' : item.key !== 'options' || /elect/.test(question.type ?? '')))
    .map(item => (item.key === 'type' ? { ...item, options: item.options?.filter(option => !['lines', 'json', 'reference'].includes(option.key)).map(option => ({ ...option, label: named(option.key) })) } : item))
  return (
    <div className="design-stack">
      <Sortable items={questions} nameOf={nameOf} onChange={next => { set(next); setOpen(null) }}>
        {(question, i, handle) => (
          <div className="design-item">
            <div className="design-row">
              {handle}
              <button type="button" className="design-item-name" aria-expanded={open === i} onClick={() => setOpen(open === i ? null : i)}>
                {open === i ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {nameOf(question, i)}
                <span className="muted small design-item-note">{tMaybe(`platform.type_${fieldOf(question)?.type ?? question.type ?? 'text'}`, '')}</span>
              </button>
              <Checkbox checked={question.required === true} onChange={event => set(questions.map((one, j) => (j === i ? { ...one, required: event.target.checked || undefined } : one)))}>{t('designer.must')}</Checkbox>
              <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('designer.removeItem', { name: nameOf(question, i) })} onClick={() => set(questions.filter((_, j) => j !== i))} />
            </div>
            {open === i && <div className="design-item-body"><Members items={itemsOf(question)} value={question as unknown as Inputs} onChange={next => set(questions.map((one, j) => (j === i ? (next as unknown as FormQuestion) : one)))} /></div>}
          </div>
        )}
      </Sortable>
      <div className="design-row">
        <Select
          aria-label={t('designer.askField')}
          placeholder={t('designer.askField')}
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          onChange={key => ask(free.find(field => field.key === key))}
          options={free.map(field => ({ value: field.key, label: label(field.label) }))}
        />
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => ask()}>{t('designer.askOwn')}</Button>
      </div>
    </div>
  )
}

const named = (type: string) => ({ zh: tMaybe(`platform.type_${type}`, type), en: tMaybe(`platform.type_${type}`, type) })
