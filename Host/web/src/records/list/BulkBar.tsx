import { CloseOutlined, DeleteOutlined, UserSwitchOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec, RecordType } from '@/api/types'
import { ask, explain, say } from '@/app/feedback'
import { may } from '@/app/me'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'
import { inParallel, type Outcome } from './inParallel'

/** What can be done with the selected records at once. Each is its own change on the server; what was refused is listed. */
export function BulkBar({ type, records, clear }: { type: RecordType; records: Rec[]; clear: () => void }) {
  const client = useQueryClient()
  const [owner, setOwner] = useState<string | null>(null)
  const [choosing, setChoosing] = useState(false)
  const [done, setDone] = useState<number | null>(null)
  const [failed, setFailed] = useState<Outcome<Rec>[]>([])
  const ownerField = type.fields.find(field => field.key === 'owner')
  const allowed = (act: 'update' | 'delete') => may(type, act) && records.every(record => record.can?.[act] !== false)

  const run = async (work: (record: Rec) => Promise<unknown>) => {
    setChoosing(false)
    setDone(0)
    const outcomes = await inParallel(records, 4, work, setDone)
    setDone(null)
    await client.invalidateQueries({ queryKey: keys.type(type.key) })
    const bad = outcomes.filter(outcome => outcome.error !== undefined)
    if (bad.length > 0) return setFailed(bad)
    say(t('records.bulkDone', { n: outcomes.length }))
    clear()
  }
  const remove = async () => {
    if (await ask(t('records.bulkDeleteAsk', { n: records.length }), { content: t('records.deleteText'), ok: t('app.delete'), danger: true }))
      await run(record => api.delete(`${type.plural}/${record.id}`))
  }
  return (
    <div className="bulk" role="toolbar" aria-label={t('records.bulk')}>
      <span>{done === null ? t('records.selected', { n: records.length }) : t('records.bulkProgress', { done, n: records.length })}</span>
      {ownerField && allowed('update') && (
        <Button icon={<UserSwitchOutlined />} disabled={done !== null} onClick={() => setChoosing(true)}>{t('records.changeOwner')}</Button>
      )}
      {allowed('delete') && <Button danger icon={<DeleteOutlined />} disabled={done !== null} onClick={() => void remove()}>{t('app.delete')}</Button>}
      <Button type="text" icon={<CloseOutlined />} aria-label={t('records.clearSelection')} onClick={clear} />
      <Modal
        open={choosing}
        title={t('records.changeOwnerOf', { n: records.length })}
        okText={t('records.changeOwner')}
        okButtonProps={{ disabled: !owner }}
        onCancel={() => setChoosing(false)}
        onOk={() => void run(record => api.patch(`${type.plural}/${record.id}`, { owner }, { ifMatch: record.version }))}
      >
        {ownerField && <ReferenceSelect field={ownerField} value={owner} onChange={next => setOwner(next as string | null)} />}
      </Modal>
      <Modal open={failed.length > 0} title={t('records.bulkFailed', { n: failed.length })} footer={null} onCancel={() => setFailed([])}>
        <ul>
          {failed.map(({ item, error }) => <li key={item.id}>{String(item[type.nameField] ?? label(type.label))}{t('records.colon')}{explain(error)}</li>)}
        </ul>
      </Modal>
    </div>
  )
}
