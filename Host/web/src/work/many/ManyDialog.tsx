import { CloseCircleFilled } from '@ant-design/icons'
import { Input, Modal } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Problem } from '@/api/problem'
import { explain, say } from '@/app/feedback'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t } from '@/texts'
import { DateInput } from '@/ui/dates'
import { shortMoney } from '@/ui/format'
import { thing } from '../queue'
import type { Item } from '../types'
import { useMany, type ManyAct, type Outcome } from './useMany'

type Props = { act: ManyAct; /** Null: everything that waits for oneself. */ items: Item[] | null; close: () => void; done: () => void }

/** Asks what an act on many needs, does it, and tells what was refused. */
export default function ManyDialog({ act, items, close, done }: Props) {
  const many = useMany()
  const [comment, setComment] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const [until, setUntil] = useState(() => dayjs().add(1, 'day').hour(9).startOf('hour'))
  const [refused, setRefused] = useState<Outcome[] | null>(null)

  const run = async () => {
    const answer = await many.run(act, items, {
      comment: comment.trim() || undefined,
      to: act === 'handOver' ? (to ?? undefined) : undefined,
      until: act === 'snooze' ? until.toISOString() : undefined,
    })
    if (!answer) return
    if (answer.done > 0 || answer.failed === 0) say(t(`work.many_${act}`, { n: answer.done }))
    if (answer.failed > 0) return setRefused(answer.results.filter(result => !result.ok))
    close()
    done()
  }
  const end = () => {
    close()
    if (refused) done()
  }
  const titleOf = (id: string) => {
    const item = items?.find(i => i.id === id)
    return item ? thing(item).title : t('work.oneOfThem')
  }
  const ready = (act !== 'handOver' || to !== null) && (act !== 'reject' || comment.trim() !== '') && (act !== 'snooze' || until.isAfter(dayjs()))
  return (
    <Modal
      open
      title={items ? t(`work.manyTitle_${act}`, { n: items.length }) : t('work.handOverAll')}
      okText={refused ? t('app.close') : t(act === 'handOver' ? 'work.reassign' : act === 'snooze' ? 'work.snooze' : `work.${act}`)}
      okButtonProps={{ disabled: !ready, loading: many.busy }}
      cancelButtonProps={refused ? { style: { display: 'none' } } : undefined}
      onOk={() => (refused ? end() : void run())}
      onCancel={end}
    >
      {refused ? (
        <>
          <p>{t('work.refusedN', { n: refused.length })}</p>
          <ul className="plain work-many-list">
            {refused.map(({ id, problem }) => (
              <li key={id}><CloseCircleFilled className="mark-no" aria-hidden /><span className="grow"><strong>{titleOf(id)}</strong><br />{explain(new Problem(problem ?? {}))}</span></li>
            ))}
          </ul>
        </>
      ) : (
        <div className="work-many-form">
          {items ? (
            <ul className="plain work-many-list">
              {items.map(item => {
                const { title, value } = thing(item)
                return <li key={item.id}><span className="grow ellipsis">{title}</span>{value != null && <span className="muted nums">{shortMoney(value)}</span>}</li>
              })}
            </ul>
          ) : <p className="muted">{t('work.handOverAllText')}</p>}
          {act === 'handOver' && <ReferenceSelect field={{ references: 'user', label: t('work.toWhom') }} value={to} onChange={next => setTo(next as string | null)} placeholder={t('work.toWhom')} />}
          {act === 'snooze' ? (
            <DateInput showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} value={until} onChange={next => next && setUntil(next)} minDate={dayjs()} aria-label={t('work.snoozeUntil')} style={{ width: '100%' }} />
          ) : (
            <Input.TextArea value={comment} onChange={event => setComment(event.target.value)} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} placeholder={t(act === 'handOver' ? 'work.note' : 'work.oneComment')} aria-label={t(act === 'handOver' ? 'work.note' : 'work.comment')} />
          )}
        </div>
      )}
    </Modal>
  )
}
