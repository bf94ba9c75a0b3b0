import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import type { RecordType } from '@/api/types'
import { label, t } from '@/texts'
import type { Incident } from '../runs/runs'
import type { Words } from '../words/context'
import type { Choice, Waits } from './trial'

type Send = { busy: boolean; send: (choice: Omit<Choice, 'at'>) => void }

/** One of the awaited events comes. */
export function EventChoice({ events, words, busy, send }: Send & { events: NonNullable<Waits['events']>; type: RecordType | undefined; words: Words }) {
  return (
    <>
      <p className="muted">{t('trials.waitsForEvent')}</p>
      <div className="trial-acts">
        {events.map(event => (
          <Button key={event.id} disabled={busy} onClick={() => send({ do: 'event', event: event.id })}>
            {t('trials.happens', { name: label(event.label) || label(words.trigger(event.kind)?.label) || event.id })}
          </Button>
        ))}
      </div>
    </>
  )
}

/** What a system outside would answer. */
export function OutsideChoice({ busy, send }: Send) {
  const [text, setText] = useState('{ "status": 200 }')
  const outputs = parsed(text)
  return (
    <>
      <p className="muted">{t('trials.outsideText')}</p>
      <Input.TextArea aria-label={t('trials.answer')} value={text} onChange={event => setText(event.target.value)} autoSize={{ minRows: 2, maxRows: 8 }} status={outputs ? undefined : 'error'} />
      <div className="trial-acts">
        <Button type="primary" disabled={busy || !outputs} onClick={() => send({ do: 'answer', outputs: outputs ?? {} })}>{t('trials.answer')}</Button>
        <Button danger disabled={busy} onClick={() => send({ do: 'fail' })}>{t('trials.outsideFails')}</Button>
      </div>
    </>
  )
}

/** A step failed: somebody mends it. */
export function StuckChoice({ incident, busy, send }: Send & { incident: Incident | null }) {
  return (
    <>
      <Alert type="error" showIcon title={label(incident?.message) || t('trials.stuck')} />
      <div className="trial-acts">
        <Button disabled={busy} onClick={() => send({ do: 'skip' })}>{t('workflows.skip')}</Button>
        <Button disabled={busy} onClick={() => send({ do: 'retry' })}>{t('workflows.retry')}</Button>
      </div>
    </>
  )
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
