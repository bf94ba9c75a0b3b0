import { Button, Dropdown, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'
import { dateTime } from '@/ui/format'
import type { Choice, TrialApproval } from './trial'

type Send = (choice: Omit<Choice, 'at'>) => void

/** Which approver does what. */
export function ApprovalChoice({ approval, busy, send }: { approval: TrialApproval; busy: boolean; send: Send }) {
  const [seat, setSeat] = useState(approval.open[0]?.seat)
  const [comment, setComment] = useState('')
  const [asking, setAsking] = useState<'transfer' | 'addSigner' | null>(null)
  const own = approval.state === 'withInitiator'
  const act = (what: string, more?: Partial<Choice>) =>
    send({ do: what, ...(what === 'withdraw' || own ? {} : { seat, by: approval.open.find(one => one.seat === seat)?.approver.id }), comment: comment.trim() || undefined, ...more })
  const stage = approval.stages.find(one => one.state === 'open')
  const why = approval.stages.flatMap(one => one.seats).find(one => one.id === seat)?.why
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
        {own
          ? <Button type="primary" disabled={busy} onClick={() => act('resubmit')}>{t('work.resubmit')}</Button>
          : (
            <>
              <Button type="primary" disabled={busy || seat === undefined} onClick={() => act('approve')}>{t('work.approve')}</Button>
              <Button danger disabled={busy || seat === undefined} onClick={() => act('reject')}>{t('work.reject')}</Button>
            </>
          )}
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              ...(own ? [] : [
                { key: 'return', label: t('work.return'), onClick: () => act('return', { stage: 'initiator' }) },
                { key: 'transfer', label: t('work.transfer'), onClick: () => setAsking('transfer') },
                { key: 'addSigner', label: t('work.addSigner'), onClick: () => setAsking('addSigner') },
              ]),
              { key: 'withdraw', label: t('work.withdraw'), onClick: () => act('withdraw') },
            ],
          }}
        >
          <Button disabled={busy}>{t('app.more')}</Button>
        </Dropdown>
      </div>
      {asking && <Whom title={t(`work.${asking}`)} close={() => setAsking(null)} choose={to => { setAsking(null); act(asking, { to }) }} />}
    </>
  )
}

function Whom({ title, close, choose }: { title: string; close: () => void; choose: (to: string) => void }) {
  const [to, setTo] = useState<string | null>(null)
  return (
    <Modal open title={title} onCancel={close} okButtonProps={{ disabled: !to }} onOk={() => to && choose(to)}>
      <ReferenceSelect field={{ references: 'user', label: t('work.toWhom') }} value={to} onChange={next => setTo(next as string | null)} />
    </Modal>
  )
}
