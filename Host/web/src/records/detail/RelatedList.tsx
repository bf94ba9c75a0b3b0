import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Rec, RecordType } from '@/api/types'
import { may } from '@/app/me'
import { iconOf } from '@/app/shell/nav'
import { FieldValue } from '@/records/fields/FieldValue'
import { useRecordList } from '@/records/list/useRecordList'
import { nameOf } from '@/records/nameOf'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { RowsSkeleton } from '@/ui/Skeletons'
import type { Related } from './related'

const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))

export function RelatedList({ of: { type: other, field }, type, record }: { of: Related; type: RecordType; record: Rec }) {
  const list = useRecordList(other, { filter: { field: field.key, op: 'eq', value: record.id }, sort: '-createdAt', limit: 20 })
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const items = list.data?.pages.flatMap(page => page.items) ?? []
  const name = label(other.label)
  const here = { id: record.id, name: nameOf(type, record) }
  const columns = (other.views[0]?.columns ?? [])
    .filter(key => ![other.nameField, field.key, 'number', 'owner', 'createdAt'].includes(key))
    .slice(0, 3)
    .flatMap(key => other.fields.filter(f => f.key === key))

  // what the new record takes over from this one: the customer of an opportunity goes into its quote
  const initial: Record<string, unknown> = { [field.key]: record.id }
  const known = { [field.key]: here }
  for (const shared of other.fields) {
    const value = record[shared.key] as { id?: string; name?: string } | null | undefined
    if (shared.type === 'reference' && shared.key !== 'owner' && !shared.readOnly && value?.id && type.fields.some(f => f.key === shared.key && f.references === shared.references)) {
      initial[shared.key] = value.id
      known[shared.key] = { id: value.id, name: value.name ?? '' }
    }
  }
  const create = may(other, 'create') && !record.deletedAt && (
    <Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('records.createType', { type: name })}</Button>
  )
  return (
    <div className="detail-tab">
      {list.isPending ? <RowsSkeleton rows={3} /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : items.length === 0 ? (
        <Blank icon={iconOf(other.key)} title={t('records.none', { type: name })}>{create}</Blank>
      ) : (
        <>
          {create && <div className="detail-tab-head">{create}</div>}
          {items.map(item => (
            <Link key={item.id} to={`/${other.plural}/${item.id}`} className="related">
              <span className="grow">
                <span className="related-name ellipsis">{nameOf(other, item)}</span>
                <span className="muted small">{[item.number, item.owner?.name].filter(Boolean).join(' · ')}</span>
              </span>
              {columns.map(column => <span key={column.key} className="related-value"><FieldValue field={column} value={item[column.key]} record={item} /></span>)}
            </Link>
          ))}
          <LoadMore of={list} />
        </>
      )}
      <Suspense>
        {creating && (
          <RecordDrawer type={other} initial={initial} known={known} close={() => setCreating(false)}
            done={made => other.key === 'quote' && void navigate(`/${other.plural}/${made.id}`)} />
        )}
      </Suspense>
    </div>
  )
}
