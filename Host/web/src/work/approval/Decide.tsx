import { EllipsisOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown, Input, type MenuProps } from 'antd'
import { useRef, useState } from 'react'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import { say, warn } from '@/app/feedback'
import { t } from '@/texts'
import type { Approval } from '../types'
import { AskWhom, type Asked } from './AskWhom'

type Act = keyof Approval['can']
type Body = { act: Act; to?: string; stage?: string; before?: boolean }

/** The decision with its comment. Refusals and returns need one: the other side must know why. */
export function Decide({ approval, finished }: { approval: Approval; finished: () => void }) {
  const client = useQueryClient()
  const [comment, setComment] = useState('')
  const [asking, setAsking] = useState<Asked | null>(null)
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
      if (!['comment', 'urge'].includes(name)) finished()
    },
    onSettled: () => {
      for (const queryKey of [keys.approvals(), keys.numbers, ['records', approval.record.type]]) void client.invalidateQueries({ queryKey })
    },
  })
  const decide = (name: Act) => {
    if (['reject', 'comment'].includes(name) && comment.trim() === '') return warn(t('work.commentNeeded'))
    act.mutate({ act: name })
  }
  const choose = (what: Asked) => {
    if (what === 'return' && comment.trim() === '') return warn(t('work.commentNeeded'))
    setAsking(what)
  }
  const more: MenuProps['items'] = [
    ...(can.transfer ? [{ key: 'transfer', label: t('work.transfer'), onClick: () => choose('transfer') }] : []),
    ...(can.delegate ? [{ key: 'delegate', label: t('work.delegate'), onClick: () => choose('delegate') }] : []),
    ...(can.addSigner ? [{ key: 'addSigner', label: t('work.addSigner'), onClick: () => choose('addSigner') }] : []),
    ...(can.urge ? [{ key: 'urge', label: t('work.urge'), onClick: () => decide('urge') }] : []),
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
      {asking && <AskWhom approval={approval} asking={asking} busy={act.isPending} send={rest => act.mutate({ act: asking, ...rest })} close={() => setAsking(null)} />}
    </footer>
  )
}
