import { DeleteOutlined, DownOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { label, t } from '@/texts'
import { freeId } from '../../definition/edit'
import type { Inputs, Wording } from '../../definition/sop'
import type { StepInput } from '../../steps/descriptions'
import { pathWords } from '../../words/paths'
import { useDesignWords } from '../words'
import { FormBuilder } from './FormBuilder'
import { InlineList } from './InlineList'
import { Members } from './InputControl'
import { itemWords } from './itemWords'
import { Sortable } from './Sortable'

export type ListProps = { input: StepInput; value: Inputs[] | undefined; onChange: (value: Inputs[] | undefined) => void }

/** What identifies an item of a list; it is made by itself. */
export const idOf = (input: StepInput) => input.items?.find(one => one.key === 'key' || one.key === 'id')?.key

const singular = (key: string) => (key === 'form' ? 'question' : key === 'checklist' ? 'item' : key.replace(/s$/, ''))

/** A new item with an identifier of its own. */
export function newItem(input: StepInput, value: Inputs[], rest: Inputs = {}): Inputs {
  const key = idOf(input)
  return key ? { [key]: freeId(singular(input.key), new Set(value.map(item => String(item[key])))), ...rest } : rest
}

/** A list of objects in the control that fits it: rows to fill in at once, questions of a form, or items of which one is open. */
export function ListInput(props: ListProps) {
  const keys = (props.input.items ?? []).map(item => item.key)
  if (keys.includes('field') && keys.includes('options')) return <FormBuilder {...props} />
  return keys.every(key => ['key', 'label', 'required', 'color'].includes(key)) ? <InlineList {...props} /> : <OpenList {...props} />
}

function OpenList({ input, value = [], onChange }: ListProps) {
  const words = useDesignWords()
  const [open, setOpen] = useState<number | null>(null)
  const items = (input.items ?? []).filter(item => item.key !== idOf(input))
  const set = (next: Inputs[]) => onChange(next.length > 0 ? next : undefined)
  const nameOf = (item: Inputs, i: number) =>
    label(item.label as Wording | undefined) || (typeof item.field === 'string' ? pathWords(item.field, words) : '') || itemWords(input, item, words) || t('designer.itemN', { n: i + 1 })
  return (
    <div className="design-stack">
      <Sortable items={value} nameOf={nameOf} onChange={next => { set(next); setOpen(null) }}>
        {(item, i, handle) => (
          <div className="design-item">
            <div className="design-row">
              {handle}
              <button type="button" className="design-item-name" aria-expanded={open === i} onClick={() => setOpen(open === i ? null : i)}>
                {open === i ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {nameOf(item, i)}
                {label(item.label as Wording | undefined) && <span className="muted small design-item-note">{itemWords(input, item, words)}</span>}
              </button>
              <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('designer.removeItem', { name: nameOf(item, i) })} onClick={() => set(value.filter((_, j) => j !== i))} />
            </div>
            {open === i && <div className="design-item-body"><Members items={items} value={item} onChange={next => set(value.map((one, j) => (j === i ? next : one)))} /></div>}
          </div>
        )}
      </Sortable>
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => { set([...value, newItem(input, value)]); setOpen(value.length) }}>{t('designer.addTo', { list: label(input.label) })}</Button>
    </div>
  )
}
