import { ClockCircleOutlined, FieldTimeOutlined } from '@ant-design/icons'
import { Alert, Button, Dropdown } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { label, t } from '@/texts'
import { DateInput } from '@/ui/dates'
import { dateTime } from '@/ui/format'
import { RunState } from '../runs/RunState'
import { findStep } from '../definition/blocks'
import { stepName } from '../words/names'
import type { Words } from '../words/context'
import { ApprovalChoice } from './ApprovalChoice'
import { EventChoice, OutsideChoice, StuckChoice } from './OtherChoices'
import { TaskChoice } from './TaskChoice'
import type { Choice, TrialResult, Waits } from './trial'

type Props = { result: TrialResult; words: Words; busy: boolean; choose: (choice: Choice) => void }

/** Where the trial stands, what time it is there, and what may happen next. */
export function TrialNow({ result, words, busy, choose }: Props) {
  const ended = result.state === 'done' || result.state === 'cancelled'
  const misfit = result.triggers.length > 0 && result.triggers.every(trigger => !trigger.fits)
  return (
    <section className="trial-now" aria-busy={busy}>
      <div className="trial-clock">
        <ClockCircleOutlined aria-hidden />
        <span className="nums" aria-label={t('trials.clock')}>{dateTime(result.now)}</span>
        <RunState state={result.state} />
        <span className="grow" />
        {!ended && <TimeJump result={result} busy={busy} choose={choose} />}
      </div>
      {misfit && <Alert type="info" showIcon title={t('trials.wouldNotStart')} />}
      {result.incidents.filter(incident => !result.choices.some(waits => waits.kind === 'stuck' && waits.step === incident.step)).map((incident, i) => <Alert key={i} type="error" showIcon title={label(incident.message)} />)}
      {ended
        ? <p className="trial-end">{t(result.state === 'done' ? 'trials.ended' : 'trials.endedCancelled')}</p>
        : result.choices.map(waits => <Card key={`${waits.run}/${waits.at}`} waits={waits} result={result} words={words} busy={busy} choose={choose} />)}
    </section>
  )
}

function Card({ waits, result, words, busy, choose }: { waits: Waits; result: TrialResult; words: Words; busy: boolean; choose: (choice: Choice) => void }) {
  const step = waits.run === 0 ? findStep(words.sop, waits.step) : undefined
  const until = result.waitingFor.find(one => waits.run === 0 && one.step === waits.step)?.until
  const name = step ? stepName(step, words) : label(result.calls[waits.run - 1]?.sop.name)
  const send = (choice: Omit<Choice, 'at' | 'run'>) => choose({ ...choice, at: waits.at, run: waits.run })
  return (
    <div className="trial-card">
      <h3>{name}</h3>
      {waits.task && <TaskChoice task={waits.task} busy={busy} send={send} />}
      {waits.approval && <ApprovalChoice approval={waits.approval} busy={busy} send={send} />}
      {waits.events && <EventChoice events={waits.events} type={words.type} words={words} busy={busy} send={send} />}
      {waits.kind === 'outside' && <OutsideChoice busy={busy} send={send} />}
      {waits.kind === 'stuck' && <StuckChoice incident={waits.incident ?? null} busy={busy} send={send} />}
      {until && !waits.task && !waits.approval && <p className="muted">{t('trials.until', { at: dateTime(until) })}</p>}
    </div>
  )
}

/** To the next thing that falls due, or to any time. */
function TimeJump({ result, busy, choose }: { result: TrialResult; busy: boolean; choose: (choice: Choice) => void }) {
  const [picking, setPicking] = useState(false)
  const ahead = (n: number, unit: 'hour' | 'day' | 'week') => ({ key: `${n}${unit}`, label: t(`trials.ahead_${unit}`), onClick: () => choose({ do: 'time', when: dayjs(result.now).add(n, unit).toISOString() }) })
  return (
    <span className="trial-jump">
      {result.nextDue && (
        <Button size="small" icon={<FieldTimeOutlined />} loading={busy} onClick={() => choose({ do: 'time' })} title={dateTime(result.nextDue)}>{t('trials.nextDue')}</Button>
      )}
      <Dropdown trigger={['click']} menu={{ items: [ahead(1, 'hour'), ahead(1, 'day'), ahead(1, 'week'), { key: 'other', label: t('trials.otherTime'), onClick: () => setPicking(true) }] }}>
        <Button size="small" disabled={busy}>{t('trials.jump')}</Button>
      </Dropdown>
      {picking && (
        <DateInput
          open
          needConfirm
          showTime={{ format: 'HH:mm' }}
          defaultPickerValue={dayjs(result.now)}
          minDate={dayjs(result.now)}
          onOpenChange={open => !open && setPicking(false)}
          onOk={time => {
            setPicking(false)
            choose({ do: 'time', when: time.toISOString() })
          }}
          className="trial-picker"
          aria-label={t('trials.otherTime')}
        />
      )}
    </span>
  )
}
