import { Button, Dropdown, Input, Select } from 'antd'
import { useState } from 'react'
import { label, t } from '@/texts'
import { dateTime } from '@/ui/format'
import { AskWhom, type Asked } from '@/work/approval/AskWhom'
import type { Choice, TrialAct, TrialApproval } from './trial'

/** Acts that ask to whom, or to which stage. */
const needsWhom: Asked[] = ['return', 'transfer', 'delegate', 'addSigner', 'copy']

type Send = (choice: Omit<Choice, 'at'>) => void

/** Which approver does what. */
export function ApprovalChoice({ approval, busy, send }: { approval: TrialApproval; busy: boolean; send: Send }) {
  const [picked, setSeat] = useState(approval.open[0]?.seat)
  const [comment, setComment] = useState('')
  const [asking, setAsking] = useState<Asked | null>(null)
  const own = approval.state === 'withInitiator'
  // who was picked may have decided meanwhile
  const chosen = approval.open.find(one => one.seat === picked) ?? approval.open[0]
  const seat = chosen?.seat
  const act = (what: TrialAct, more?: Partial<Choice>) =>
    send({ do: what, ...(approval.acts.includes(what) ? {} : { seat, by: chosen?.approver.id }), comment: comment.trim() || undefined, ...more })
  const stage = approval.stages.find(one => one.state === 'open')
  const why = approval.stages.flatMap(one => one.seats).find(one => one.id === seat)?.why
  const asks = (acts: TrialAct[] = []) => needsWhom.filter(one => acts.includes(one)).map(one => ({ key: one, label: t(`work.${one}`), onClick: () => setAsking(one) }))
  const does = (acts: TrialAct[]) => acts.filter(one => one !== 'resubmit').map(one => ({ key: one, label: t(`work.${one}`), danger: one === 'withdraw', onClick: () => act(one) }))
  const says = chosen?.acts.includes('comment') ? [{ key: 'comment', label: t('work.justComment'), disabled: comment.trim() === '', onClick: () => act('comment') }] : []
  const others = approval.others.map(one => ({
    key: `${one.act}/${one.seat}`,
    label: t(`trials.${one.act}`, { by: one.by.name, signer: one.signer.name }),
    onClick: () => send({ do: one.act, seat: one.seat, by: one.by.id }),
  }))
  return (
    <>
      <p className="trial-what">{approval.title}</p>
      <p className="muted">
        {stage && `${label(stage.label)} · ${t(`work.mode_${stage.mode}`)}`}
        {own && t('work.state_withInitiator')}
        {approval.dueAt && ` · ${t('trials.due', { at: dateTime(approval.dueAt) })}`}
      </p>
      {approval.open.length > 0 && (
        <Select
          aria-label={t('trials.whoDecides')}
          value={seat}
          onChange={setSeat}
          options={approval.open.map(one => ({ value: one.seat, label: one.approver.name }))}
          style={{ width: '100%' }}
        />
      )}
      {why && <p className="muted">{label(why)}</p>}
      <Input aria-label={t('work.comment')} placeholder={t('work.comment')} value={comment} onChange={event => setComment(event.target.value)} maxLength={500} />
      <div className="trial-acts">
        {own && <Button type="primary" disabled={busy} onClick={() => act('resubmit')}>{t('work.resubmit')}</Button>}
        {chosen && <Button type="primary" disabled={busy} onClick={() => act('approve')}>{t('work.approve')}</Button>}
        {chosen && <Button danger disabled={busy} onClick={() => act('reject')}>{t('work.reject')}</Button>}
        <Dropdown trigger={['click']} menu={{ items: [...asks(chosen?.acts), ...says, ...others, ...does(approval.acts)] }}>
          <Button disabled={busy}>{t('app.more')}</Button>
        </Dropdown>
      </div>
      {asking && <AskWhom approval={approval} asking={asking} busy={busy} close={() => setAsking(null)} send={whom => { setAsking(null); act(asking, whom) }} />}
    </>
  )
}
