import { Input, Modal } from 'antd'
import { useState } from 'react'
import { label, t, tMaybe } from '@/texts'
import { stepHue, stepIcon } from '../canvas/icons'
import type { StepDescription } from '../steps/descriptions'
import type { Words } from '../words/context'

type Props = { words: Words; steps: StepDescription[]; choose: (step: StepDescription) => void; close: () => void; paste?: () => void }

const order = ['people', 'control', 'records', 'messages', 'leads', 'sales', 'service', 'marketing', 'outside']

/** All kinds of steps, grouped, each with what it does; found by typing, Enter takes the first. */
export function Palette({ words, steps, choose, close, paste }: Props) {
  const [q, setQ] = useState('')
  const wanted = q.trim().toLowerCase()
  const fits = (step: StepDescription) =>
    (!step.recordTypes?.length || step.recordTypes.includes(words.sop.record)) &&
    (!wanted || [step.kind, step.label.zh, step.label.en, step.example.zh, step.example.en].some(text => text.toLowerCase().includes(wanted)))
  const found = steps.filter(fits)
  const groups = [...new Set(found.map(step => step.group))].sort((a, b) => order.indexOf(a) - order.indexOf(b))
  const first = groups.flatMap(group => found.filter(step => step.group === group))[0]
  return (
    <Modal open title={t('workflows.insertStep')} onCancel={close} footer={null} width={720}>
      <Input.Search autoFocus allowClear placeholder={t('workflows.findStep')} aria-label={t('workflows.findStep')} value={q} onChange={e => setQ(e.target.value)} onPressEnter={() => first && choose(first)} />
      {paste && <button type="button" className="link palette-paste" onClick={paste}>{t('workflows.pasteHere')}</button>}
      <div className="palette">
        {groups.map(group => (
          <section key={group}>
            <h3>{tMaybe(`workflows.group_${group}`, group)}</h3>
            <div className="palette-steps">
              {found.filter(step => step.group === group).map(step => (
                <button key={step.kind} type="button" className={`palette-step hue-${stepHue(step.kind, words)}`} onClick={() => choose(step)}>
                  <span className="flow-icon" aria-hidden>{stepIcon(step.kind, words)}</span>
                  <span><strong>{label(step.label)}</strong><span className="muted small">{label(step.example)}</span></span>
                </button>
              ))}
            </div>
          </section>
        ))}
        {found.length === 0 && <p className="muted">{t('app.nothingFound', { text: q })}</p>}
      </div>
    </Modal>
  )
}
