import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, DownOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { label, t } from '@/texts'
import { freeId } from '../../definition/edit'
import type { Inputs, Wording } from '../../definition/sop'
import type { StepInput } from '../../steps/descriptions'
import { pathWords } from '../../words/paths'
import { useDesignWords } from '../words'
import { Members } from './InputControl'

type Props = { input: StepInput; value: Inputs[] | undefined; onChange: (value: Inputs[] | undefined) => void }

/** A list of objects: questions, buttons, stages, rules. One is open at a time. */
export function ListInput({ input, value = [], onChange }: Props) {
  const words = useDesignWords()
  const [open, setOpen] = useState<number | null>(null)
  const items = input.items ?? []
  const set = (next: Inputs[]) => onChange(next.length > 0 ? next : undefined)
  const idKey = items.find(one => one.key === 'key' || one.key === 'id')?.key
  const add = () => {
    const taken = new Set(value.map(item => String(item[idKey ?? ''])))
    set([...value, idKey ? { [idKey]: freeId(`${input.key.replace(/s$/, '')}`, taken) } : {}])
    setOpen(value.length)
  }
  const swap = (i: number, j: number) => {
    const next = [...value]
    ;[next[i], next[j]] = [next[j]!, next[i]!]
    set(next)
    setOpen(open === i ? j : open)
  }
  const nameOf = (item: Inputs, i: number) =>
    label(item.label as Wording | undefined) || (typeof item.field === 'string' ? pathWords(item.field, words) : '') || String((idKey && item[idKey]) || i + 1)
  return (
    <div className="design-stack">
      {value.map((item, i) => (
        <div key={i} className="design-item">
          <div className="design-row">
            <button type="button" className="design-item-name" aria-expanded={open === i} onClick={() => setOpen(open === i ? null : i)}>
              {open === i ? <DownOutlined /> : <RightOutlined />} {nameOf(item, i)}
            </button>
            <Button type="text" size="small" icon={<ArrowUpOutlined />} disabled={i === 0} aria-label={t('platform.up')} onClick={() => swap(i, i - 1)} />
            <Button type="text" size="small" icon={<ArrowDownOutlined />} disabled={i === value.length - 1} aria-label={t('platform.down')} onClick={() => swap(i, i + 1)} />
            <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('app.delete')} onClick={() => set(value.filter((_, j) => j !== i))} />
          </div>
          {open === i && <div className="design-item-body"><Members items={items} value={item} onChange={next => set(value.map((one, j) => (j === i ? next : one)))} /></div>}
        </div>
      ))}
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={add}>{t('workflows.addItem')}</Button>
    </div>
  )
}
