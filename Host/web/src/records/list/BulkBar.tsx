import { CloseOutlined, DeleteOutlined, UserSwitchOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec, RecordType } from '@/api/types'
import { Problem } from '@/api/problem'
import { ask, explain, report, say } from '@/app/feedback'
import { may } from '@/app/me'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { nameOf } from '@/records/nameOf'
import { label, t } from '@/texts'

type Result = { id: string; ok: boolean; problem?: ConstructorParameters<typeof Problem>[0] }

const inParts = <T,>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))

/** What can be done with the selected records at once. Each is its own change on the server; what was refused is listed. */
export function BulkBar({ type, records, clear }: { type: RecordType; records: Rec[]; clear: () => void }) {
  const client = useQueryClient()
  const [owner, setOwner] = useState<string | null>(null)
  const [choosing, setChoosing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<Result[]>([])
  const ownerField = type.fields.find(field => field.key === 'owner')
  const allowed = (act: 'update' | 'delete') => may(type, act) && records.every(record => record.can?.[act] !== false)

  const run = async (act: { changes: Record<string, unknown> } | { delete: true }) => {
    setChoosing(false)
    setBusy(true)
    try {
      const results: Result[] = []
      for (const part of inParts(records.map(record => record.id), 200))
        results.push(...(await api.post<{ results: Result[] }>(`${type.plural}/bulk`, { ids: part, ...act })).results)
      const bad = results.filter(result => !result.ok)
      if (bad.length > 0) return setFailed(bad)
      say(t('records.bulkDone', { n: results.length }))
      clear()
    } catch (error) {
      report(error)
    } finally {
      setBusy(false)
      void client.invalidateQueries({ queryKey: keys.type(type.key) })
    }
  }
  const remove = async () => {
    if (await ask(t('records.bulkDeleteAsk', { n: records.length }), { content: t('records.deleteText'), ok: t('app.delete'), danger: true }))
      await run({ delete: true })
  }
  const called = (id: string) => {
    const record = records.find(one => one.id === id)
    return record ? nameOf(type, record) : label(type.label)
  }
  return (
    <div className="bulk" role="toolbar" aria-label={t('records.bulk')}>
      <span>{busy ? t('records.bulkBusy', { n: records.length }) : t('records.selected', { n: records.length })}</span>
      {ownerField && allowed('update') && (
        <Button icon={<UserSwitchOutlined />} disabled={busy} onClick={() => setChoosing(true)}>{t('records.changeOwner')}</Button>
      )}
      {allowed('delete') && <Button danger icon={<DeleteOutlined />} disabled={busy} onClick={() => void remove()}>{t('app.delete')}</Button>}
      <Button type="text" icon={<CloseOutlined />} aria-label={t('records.clearSelection')} onClick={clear} />
      <Modal
        open={choosing}
        title={t('records.changeOwnerOf', { n: records.length })}
        okText={t('records.changeOwner')}
        okButtonProps={{ disabled: !owner }}
        onCancel={() => setChoosing(false)}
        onOk={() => void run({ changes: { owner } })}
      >
        {ownerField && <ReferenceSelect field={ownerField} value={owner} onChange={next => setOwner(next as string | null)} />}
      </Modal>
      <Modal open={failed.length > 0} title={t('records.bulkFailed', { n: failed.length })} footer={null} onCancel={() => setFailed([])}>
        <ul>
          {failed.map(({ id, problem }) => <li key={id}>{called(id)}{t('records.colon')}{explain(new Problem(problem ?? {}))}</li>)}
        </ul>
      </Modal>
    </div>
  )
}
