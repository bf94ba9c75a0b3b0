import { EllipsisOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, type MenuProps } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useRef, useState } from 'react'
import { warn } from '@/app/feedback'
import { useShortcuts } from '@/app/keyboard'
import { t } from '@/texts'
import type { Approval } from '../types'
import { AskWhom, type Asked } from './AskWhom'
import { useDecide, type Act } from './useDecide'

/** The decision with its comment. Refusals and returns need one: the other side must know why. */
export function Decide({ approval, finished }: { approval: Approval; finished: () => void }) {
  const [comment, setComment] = useState('')
  const [asking, setAsking] = useState<Asked | null>(null)
  const box = useRef<TextAreaRef>(null)
  const { can } = approval
  const act = useDecide(approval, () => { setComment(''); setAsking(null) }, finished)
  const { waits } = act

  const needComment = () => {
    if (comment.trim() !== '') return false
    warn(t('work.commentNeeded'))
    box.current?.focus()
    return true
  }
  const decide = (name: Act) => {
    if (waits || (['reject', 'comment'].includes(name) && needComment())) return
    act.mutate({ act: name, comment: comment.trim() || undefined })
  }
  const choose = (what: Asked) => {
    if (waits) return
    if (what !== 'return' || !needComment()) setAsking(what)
  }
  useShortcuts({
    a: () => can.approve && decide('approve'),
    r: () => can.reject && decide('reject'),
    h: () => can.transfer && choose('transfer'),
  })
  const offer = (name: Act, run: () => void, danger = false): NonNullable<MenuProps['items']> => (can[name] ? [{ key: name, danger, label: t(`work.${name === 'comment' ? 'justComment' : name}` as Parameters<typeof t>[0]), onClick: run }] : [])
  const more: MenuProps['items'] = [
    ...offer('transfer', () => choose('transfer')),
    ...offer('delegate', () => choose('delegate')),
    ...offer('addSigner', () => choose('addSigner')),
    ...offer('copy', () => choose('copy')),
    ...offer('urge', () => decide('urge')),
    ...offer('comment', () => decide('comment')),
    ...offer('takeBack', () => decide('takeBack')),
    ...offer('withdraw', () => decide('withdraw'), true),
  ]
  const busy = (name: Act) => act.isPending && act.variables?.act === name
  if (!Object.values(can).some(Boolean)) return null
  const decides = can.approve || can.resubmit
  return (
    <footer className="work-foot decide">
      <Input.TextArea
        ref={box}
        value={comment}
        onChange={event => setComment(event.target.value)}
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={1000}
        placeholder={t(can.approve ? 'work.commentHint' : 'work.comment')}
        aria-label={t('work.comment')}
      />
      <div className="decide-buttons">
        {can.approve && <Button type="primary" size="large" loading={busy('approve')} disabled={waits} onClick={() => decide('approve')}>{t('work.approve')}</Button>}
        {can.resubmit && <Button type="primary" size="large" loading={busy('resubmit')} disabled={waits} onClick={() => decide('resubmit')}>{t('work.resubmit')}</Button>}
        {can.reject && <Button danger size="large" loading={busy('reject')} disabled={waits} onClick={() => decide('reject')}>{t('work.reject')}</Button>}
        {can.return && <Button size="large" disabled={waits} onClick={() => choose('return')}>{t('work.return')}</Button>}
        {!decides && can.takeBack && <Button size="large" loading={busy('takeBack')} disabled={waits} onClick={() => decide('takeBack')}>{t('work.takeBack')}</Button>}
        {!decides && can.urge && <Button size="large" loading={busy('urge')} disabled={waits} onClick={() => decide('urge')}>{t('work.urge')}</Button>}
        {!decides && can.withdraw && <Button size="large" danger loading={busy('withdraw')} disabled={waits} onClick={() => decide('withdraw')}>{t('work.withdraw')}</Button>}
        {more.length > 0 && (
          <Dropdown trigger={['click']} menu={{ items: more }}>
            <Button size="large" icon={<EllipsisOutlined />} aria-label={t('app.more')} disabled={waits} />
          </Dropdown>
        )}
      </div>
      {asking && <AskWhom approval={approval} asking={asking} busy={act.isPending} send={rest => act.mutate({ act: asking, comment: comment.trim() || undefined, ...rest })} close={() => setAsking(null)} />}
    </footer>
  )
}
