import { SearchOutlined } from '@ant-design/icons'
import { Input, Modal } from 'antd'
import { useDeferredValue, useRef, useState, type KeyboardEvent } from 'react'
import { label, t, tMaybe } from '@/texts'
import { stepHue, stepIcon } from '../canvas/icons'
import type { StepDescription } from '../steps/descriptions'
import type { Words } from '../words/context'
import { fillParts, textOf } from '../words/parts'

type Props = { words: Words; steps: StepDescription[]; choose: (step: StepDescription) => void; close: () => void; paste?: () => void }

const order = ['people', 'control', 'records', 'messages', 'leads', 'sales', 'service', 'marketing', 'outside']

/** What a kind of step does, its inputs named instead of filled. */
const sentenceOf = ({ sentence, inputs }: StepDescription): string =>
  textOf(fillParts(label(sentence), Object.fromEntries(inputs.map(input => [input.key, `‹${label(input.label)}›`]))))

/** All kinds of steps, grouped, each with what it does and an example; found by typing, Enter takes the first. */
export function Palette({ words, steps, choose, close, paste }: Props) {
  const [q, setQ] = useState('')
  // the window opens at once, its list follows
  const ready = useDeferredValue(true, false)
  const list = useRef<HTMLDivElement>(null)
  const wanted = q.trim().toLowerCase()
  const fits = (step: StepDescription) =>
    (!step.recordTypes?.length || step.recordTypes.includes(words.sop.record)) &&
    (!wanted || [step.kind, ...[step.label, step.sentence, step.example].flatMap(text => [text.zh, text.en])].some(text => text.toLowerCase().includes(wanted)))
  const found = steps.filter(fits)
  // what is called so comes before what only mentions it
  const named = (step: StepDescription) => wanted !== '' && [step.label.zh, step.label.en].some(text => text.toLowerCase().includes(wanted))
  const groups = [...new Set(found.map(step => step.group))].sort((a, b) => order.indexOf(a) - order.indexOf(b))
  const sorted = groups.map(group => ({ group, steps: found.filter(step => step.group === group) }))
  const first = found.find(named) ?? sorted[0]?.steps[0]

  const walk = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    const here = document.activeElement
    const typing = here instanceof HTMLInputElement
    if (!by || (typing && event.key !== 'ArrowDown')) return
    event.preventDefault()
    const all = [...(list.current?.querySelectorAll<HTMLElement>('.palette-step') ?? [])]
    const next = all[typing ? 0 : all.indexOf(here as HTMLElement) + by]
    if (next) next.focus()
    else if (by < 0) event.currentTarget.querySelector('input')?.focus()
  }
  return (
    <Modal open title={t('workflows.insertStep')} onCancel={close} footer={null} width={760} focusTriggerAfterClose={false}>
      <div onKeyDown={walk}>
        <Input autoFocus allowClear prefix={<SearchOutlined />} placeholder={t('workflows.findStep')} aria-label={t('workflows.findStep')} value={q} onChange={e => setQ(e.target.value)} onPressEnter={() => first && choose(first)} />
        {paste && <button type="button" className="link palette-paste" onClick={paste}>{t('workflows.pasteHere')}</button>}
        <div className="palette" ref={list} tabIndex={-1}>
          {ready && sorted.map(({ group, steps: kinds }) => (
            <section key={group}>
              <h3>{tMaybe(`workflows.group_${group}`, group)}</h3>
              <div className="palette-steps">
                {kinds.map(step => (
                  <button key={step.kind} type="button" className={`palette-step hue-${stepHue(step.kind, words)} ${wanted && step === first ? 'palette-first' : ''}`} onClick={() => choose(step)}>
                    <span className="flow-icon" aria-hidden>{stepIcon(step.kind, words)}</span>
                    <span>
                      <strong>{label(step.label)}</strong>
                      <span className="small">{sentenceOf(step)}</span>
                      <span className="muted small">{t('designer.example', { text: label(step.example) })}</span>
                    </span>
                  </button>
                ))}
              </div>
            </section>
          ))}
          {found.length === 0 && <p className="muted">{t('app.nothingFound', { text: q })}</p>}
        </div>
      </div>
    </Modal>
  )
}
