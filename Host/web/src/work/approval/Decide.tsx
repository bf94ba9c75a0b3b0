import { EllipsisOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown, Input, Modal, Select, type MenuProps } from 'antd'
import { useRef, useState } from 'react'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import { say, warn } from '@/app/feedback'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'
import type { Approval } from '../types'

type Act = 'approve' | 'reject' | 'return' | 'transfer' | 'withdraw' | 'comment' | 'resubmit'
type Body = { act: Act; to?: string; stage?: string }

/** The decision with its comment. Refusals and returns need one: the other side must know why. */
export function Decide({ approval, finished }: { approval: Approval; finished: () => void }) {
  const client = useQueryClient()
  const [comment, setComment] = useState('')
  const [asking, setAsking] = useState<'return' | 'transfer' | null>(null)
  const [target, setTarget] = useState<string | null>(null)
  const key = useRef(newKey())
  const { can } = approval

  const act = useMutation({
    mutationFn: ({ act: name, ...rest }: Body) =>
      api.post(`approvals/${approval.id}/${name}`, { seat: approval.mySeat ?? undefined, comment: comment.trim() || undefined, ...rest }, { idempotencyKey: key.current }),
    onSuccess: (_answer, { act: name }) => {
      say(t(`work.done_${name}`))
      setComment('')
      setAsking(null)
      key.current = newKey()
      if (name !== 'comment') finished()
    },
    onSettled: () => {
      for (const queryKey of [keys.approvals(), keys.numbers, ['records', approval.record.type]]) void client.invalidateQueries({ queryKey })
    },
  })
  const decide = (name: Act) => {
    if (['reject', 'comment'].includes(name) && comment.trim() === '') return warn(t('work.commentNeeded'))
    act.mutate({ act: name })
  }
  const choose = (what: 'return' | 'transfer') => {
    if (what === 'return' && comment.trim() === '') return warn(t('work.commentNeeded'))
    setTarget(what === 'return' ? 'initiator' : null)
    setAsking(what)
  }
  const current = approval.stages.findIndex(stage => stage.state === 'open')
  const earlier = approval.stages.slice(0, Math.max(current, 0)).filter(stage => stage.state === 'approved')
  const more: MenuProps['items'] = [
    ...(can.transfer ? [{ key: 'transfer', label: t('work.transfer'), onClick: () => choose('transfer') }] : []),
    ...(can.comment ? [{ key: 'comment', label: t('work.justComment'), onClick: () => decide('comment') }] : []),
    ...(can.withdraw ? [{ key: 'withdraw', danger: true, label: t('work.withdraw'), onClick: () => decide('withdraw') }] : []),
  ]
  const busy = (name: Act) => act.isPending && act.variables?.act === name
  if (!Object.values(can).some(Boolean)) return null
  return (
    <footer className="work-foot decide">
      <Input.TextArea
        value={comment}
        onChange={event => setComment(event.target.value)}
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={1000}
        placeholder={t('work.commentHint')}
        aria-label={t('work.comment')}
      />
      <div className="decide-buttons">
        {can.approve && <Button type="primary" size="large" loading={busy('approve')} disabled={act.isPending} onClick={() => decide('approve')}>{t('work.approve')}</Button>}
        {can.resubmit && <Button type="primary" size="large" loading={busy('resubmit')} disabled={act.isPending} onClick={() => decide('resubmit')}>{t('work.resubmit')}</Button>}
        {can.reject && <Button danger size="large" loading={busy('reject')} disabled={act.isPending} onClick={() => decide('reject')}>{t('work.reject')}</Button>}
        {can.return && <Button size="large" disabled={act.isPending} onClick={() => choose('return')}>{t('work.return')}</Button>}
        {more.length > 0 && (
          <Dropdown trigger={['click']} menu={{ items: more }}>
            <Button size="large" icon={<EllipsisOutlined />} aria-label={t('app.more')} disabled={act.isPending} />
          </Dropdown>
        )}
      </div>
      <Modal
        open={asking !== null}
        title={asking === 'return' ? t('work.returnTitle') : t('work.transfer')}
        okText={asking === 'return' ? t('work.return') : t('work.transfer')}
        okButtonProps={{ disabled: !target, loading: act.isPending }}
        onCancel={() => setAsking(null)}
        onOk={() => target && act.mutate(asking === 'return' ? { act: 'return', stage: target } : { act: 'transfer', to: target })}
      >
        {asking === 'return' ? (
          <Select
            aria-label={t('work.returnTitle')}
            value={target}
            onChange={setTarget}
            style={{ width: '100%' }}
            options={[
              { value: 'initiator', label: t('work.toInitiator', { name: approval.initiator.name }) },
              ...earlier.map(stage => ({ value: stage.key, label: label(stage.label) || stage.key })),
            ]}
          />
        ) : (
          <ReferenceSelect field={{ references: 'user', label: t('work.toWhom') }} value={target} onChange={next => setTarget(next as string | null)} />
        )}
      </Modal>
    </footer>
  )
}
