import { DeleteOutlined, EditOutlined, EllipsisOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Breadcrumb, Button, Dropdown } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec, RecordType } from '@/api/types'
import { ask, say } from '@/app/feedback'
import { useShortcuts } from '@/app/keyboard'
import { OptionChip } from '@/records/fields/FieldValue'
import { plugs } from '@/records/plugs'
import { t } from '@/texts'
import { typeName } from '@/ui/typeName'
import { Person } from '@/ui/Person'

const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))
const StartButtons = lazy(() => import('@/workflows/start/StartButtons'))

export function DetailHead({ type, record, name }: { type: RecordType; record: Rec; name: string }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const canEdit = record.can?.update === true && !record.deletedAt
  useShortcuts({ e: () => setEditing(true) }, canEdit)
  const state = type.fields.find(field => field.type === 'select' && ['status', 'stage', 'state'].includes(field.key))
  const plug = plugs[type.key]

  const remove = useMutation({
    mutationFn: () => api.delete(`${type.plural}/${record.id}`),
    onSuccess: () => {
      say(t('records.deleted'))
      void client.invalidateQueries({ queryKey: keys.type(type.key) })
      void navigate(`/${type.plural}`)
    },
  })
  const askRemove = async () => {
    if (await ask(t('records.deleteAsk', { name }), { content: t('records.deleteText'), ok: t('app.delete'), danger: true })) remove.mutate()
  }
  return (
    <header className="detail-head">
      <div className="grow">
        <Breadcrumb items={[{ title: <Link to={`/${type.plural}`}>{typeName(type)}</Link> }, ...(record.number ? [{ title: record.number }] : [])]} />
        <div className="detail-name">
          <h1>{name}</h1>
          {state && record[state.key] != null && <OptionChip field={state} value={String(record[state.key])} />}
          {record.deletedAt && <span className="muted">{t('records.isDeleted')}</span>}
        </div>
        {type.owned && (
          <div className="detail-meta muted">
            {record.owner ? <Person of={record.owner} /> : t('records.noOwner')}
            {record.unit && <span>{record.unit.name}</span>}
          </div>
        )}
      </div>
      <div className="page-actions">
        <Suspense>{!record.deletedAt && <StartButtons type={type} record={record} />}</Suspense>
        <Suspense>{plug?.actions && !record.deletedAt && <plug.actions type={type} record={record} />}</Suspense>
        {canEdit && <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>{t('app.edit')}</Button>}
        {record.can?.delete && !record.deletedAt && (
          <Dropdown
            trigger={['click']}
            menu={{ items: [{ key: 'delete', danger: true, icon: <DeleteOutlined />, label: t('app.delete'), onClick: () => void askRemove() }] }}
          >
            <Button icon={<EllipsisOutlined />} aria-label={t('app.more')} />
          </Dropdown>
        )}
      </div>
      <Suspense>{editing && <RecordDrawer type={type} record={record} close={() => setEditing(false)} />}</Suspense>
    </header>
  )
}
