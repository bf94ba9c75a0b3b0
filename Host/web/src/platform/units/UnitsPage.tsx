import { ApartmentOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Tree, type TreeDataNode } from 'antd'
import { lazy, Suspense, useState, type Key } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Ref } from '@/api/types'
import { ask, say, warn } from '@/app/feedback'
import { may, useCatalogue } from '@/app/me'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { Person } from '@/ui/Person'
import { RowsSkeleton } from '@/ui/Skeletons'
import { AdminSection } from '../AdminSection'
import { allQuery } from '../users/users'
import { mayMove, treeOf, type Unit, type UnitNode } from './tree'

const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))
type Editing = { unit?: Unit; parent?: Ref }

/** The company as a tree; units are dragged to where they belong. */
export function UnitsPage() {
  const client = useQueryClient()
  const type = useCatalogue().byKey('unit')
  const list = useQuery(allQuery<Unit>('unit', 'units'))
  const [editing, setEditing] = useState<Editing | null>(null)
  // what is folded, not what is open: a new unit is seen
  const [folded, setFolded] = useState<Key[]>([])
  const [over, setOver] = useState<Key | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: keys.type('unit') })
  const move = useMutation({
    mutationFn: ({ unit, parent }: { unit: Unit; parent: string }) => api.patch(`units/${unit.id}`, { parent }, { ifMatch: unit.version }),
    onSuccess: () => say(t('app.saved')),
    onSettled: refresh,
  })
  const remove = useMutation({ mutationFn: (unit: Unit) => api.delete(`units/${unit.id}`), onSettled: refresh })
  const units = list.data ?? []
  const drop = (id: string, below: string) => {
    const unit = units.find(one => one.id === id)
    if (!unit || id === below || unit.parent?.id === below) return
    if (!mayMove(units, id, below)) return warn(t('platform.unitIntoItself'))
    move.mutate({ unit, parent: below })
  }
  const askRemove = async (unit: Unit) => {
    if (await ask(t('platform.deleteUnitAsk', { name: unit.name }), { ok: t('app.delete'), danger: true })) remove.mutate(unit)
  }
  const node = ({ unit, children }: UnitNode): TreeDataNode => ({
    key: unit.id,
    className: unit.id === over ? 'unit-over' : undefined,
    children: children.map(node),
    title: (
      <span className="unit-line">
        <span className="grow"><strong>{unit.name}</strong>{unit.region && <span className="chip chip-cyan">{unit.region}</span>}</span>
        {unit.manager && <Person of={unit.manager} size={20} />}
        <span className="unit-acts">
          {may(type, 'create') && <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t('platform.addBelow', { name: unit.name })} onClick={() => setEditing({ parent: { id: unit.id, name: unit.name } })} />}
          {may(type, 'update') && <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t('app.edit')} ${unit.name}`} onClick={() => setEditing({ unit })} />}
          {may(type, 'delete') && <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={`${t('app.delete')} ${unit.name}`} onClick={() => void askRemove(unit)} />}
        </span>
      </span>
    ),
  })
  const add = may(type, 'create') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>{t('platform.newUnit')}</Button>
  return (
    <AdminSection title={t('platform.units')} note={units.length || undefined} actions={add}>
      {list.isPending ? <RowsSkeleton /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : units.length === 0 ? (
        <Blank icon={<ApartmentOutlined />} title={t('platform.noUnits')} text={t('platform.noUnitsText')}>{add}</Blank>
      ) : (
        <div className="panel unit-tree">
          <Tree
            blockNode
            showLine
            expandedKeys={units.map(unit => unit.id).filter(id => !folded.includes(id))}
            onExpand={open => setFolded(units.map(unit => unit.id).filter(id => !open.includes(id)))}
            selectable={false}
            draggable={may(type, 'update') ? { icon: false } : false}
            treeData={treeOf(units).map(node)}
            // units have no order of their own: wherever one is let go, it belongs to the unit under the pointer
            dropIndicatorRender={() => null}
            onDragOver={({ node: target }) => setOver(target.key)}
            onDragEnd={() => setOver(null)}
            onDrop={({ dragNode }) => over !== null && drop(String(dragNode.key), String(over))}
          />
        </div>
      )}
      <Suspense>
        {editing && type && (
          <RecordDrawer
            type={type}
            record={editing.unit}
            initial={editing.parent ? { parent: editing.parent.id } : undefined}
            known={editing.parent ? { parent: editing.parent } : undefined}
            close={() => setEditing(null)}
          />
        )}
      </Suspense>
    </AdminSection>
  )
}
