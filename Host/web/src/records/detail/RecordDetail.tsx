import { Tabs, type TabsProps } from 'antd'
import { Suspense, useEffect } from 'react'
import type { Rec, RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { useVeryWide } from '@/app/useWide'
import { plugs } from '@/records/plugs'
import { nameOf } from '@/records/nameOf'
import { Timeline } from '@/records/timeline/Timeline'
import { t } from '@/texts'
import { typeName } from '@/ui/typeName'
import { DetailHead } from './DetailHead'
import { FieldPanel } from './FieldPanel'
import { RelatedList } from './RelatedList'
import { relatedLists } from './related'
import { WorkOfRecord } from './WorkOfRecord'
import './detail.css'

/** A record: who and what it is, what happened, what belongs to it. */
export function RecordDetail({ type, record }: { type: RecordType; record: Rec }) {
  const veryWide = useVeryWide()
  const { types } = useCatalogue()
  const name = nameOf(type, record)
  const plug = plugs[type.key]
  useEffect(() => {
    document.title = `${name} · Crm`
  }, [name])

  const tabs: NonNullable<TabsProps['items']> = [
    ...(veryWide ? [] : [{ key: 'fields', label: t('records.details'), children: <FieldPanel type={type} record={record} /> }]),
    { key: 'timeline', label: t('records.timeline'), children: <Timeline type={type} record={record} /> },
    ...(plug?.tab ? [{ key: 'plug', label: t(plug.tab.text), children: <Suspense><plug.tab.part type={type} record={record} /></Suspense> }] : []),
    ...relatedLists(type, types).map(related => ({
      key: `${related.type.key}.${related.field.key}`,
      label: typeName(related.type),
      children: <RelatedList of={related} type={type} record={record} />,
    })),
    { key: 'work', label: t('records.work'), children: <WorkOfRecord type={type} record={record} /> },
  ]
  return (
    <div className="page">
      <DetailHead type={type} record={record} name={name} />
      <Suspense>{plug?.banner && <plug.banner type={type} record={record} />}</Suspense>
      <div className={veryWide ? 'detail detail-two' : 'detail'}>
        <div className="panel detail-main">
          <Tabs items={tabs} destroyOnHidden={false} />
        </div>
        {veryWide && <aside className="panel panel-pad detail-side"><FieldPanel type={type} record={record} /></aside>}
      </div>
    </div>
  )
}
