import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Select } from 'antd'
import { useRef } from 'react'
import { label, t } from '@/texts'
import type { Inputs, Wording } from '../../definition/sop'
import { newItem, type ListProps } from './ListInput'
import { Sortable } from './Sortable'
import { WordingInput } from './WordingInput'

const colors = ['blue', 'green', 'gold', 'orange', 'red', 'purple', 'cyan', 'magenta']

/** A list that is filled in row by row: a checklist, the choices of a question. Enter goes on to the next row. */
export function InlineList({ input, value = [], onChange }: ListProps) {
  const rows = useRef<HTMLDivElement>(null)
  const has = (key: string) => input.items?.some(item => item.key === key) === true
  const set = (next: Inputs[]) => onChange(next.length > 0 ? next : undefined)
  const change = (i: number, part: Inputs) => set(value.map((item, j) => (j === i ? { ...item, ...part } : item)))
  const add = () => {
    set([...value, newItem(input, value)])
    requestAnimationFrame(() => [...(rows.current?.querySelectorAll<HTMLInputElement>('.design-wording input[type=text]') ?? [])].at(-1)?.focus())
  }
  const nameOf = (item: Inputs, i: number) => label(item.label as Wording | undefined) || t('designer.itemN', { n: i + 1 })
  return (
    <div className="design-stack" ref={rows}>
      <Sortable items={value} nameOf={nameOf} onChange={set}>
        {(item, i, handle) => (
          <div className="design-line" onKeyDown={event => { if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'text') { event.preventDefault(); add() } }}>
            {handle}
            <WordingInput name={`${label(input.label)} ${i + 1}`} value={item.label as Wording | undefined} onChange={next => change(i, { label: next })} />
            {has('color') && (
              <Select
                allowClear
                size="small"
                aria-label={t('platform.color')}
                value={item.color as string | undefined}
                onChange={color => change(i, { color })}
                popupMatchSelectWidth={false}
                options={colors.map(color => ({ value: color, label: <span className={`chip chip-${color}`}>●</span> }))}
              />
            )}
            {has('required') && <Checkbox checked={item.required === true} onChange={event => change(i, { required: event.target.checked || undefined })}>{t('designer.must')}</Checkbox>}
            <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('designer.removeItem', { name: nameOf(item, i) })} onClick={() => set(value.filter((_, j) => j !== i))} />
          </div>
        )}
      </Sortable>
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={add}>{t('designer.addTo', { list: label(input.label) })}</Button>
    </div>
  )
}
