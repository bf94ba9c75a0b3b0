import { CheckOutlined, ClockCircleOutlined, CloseOutlined, UserSwitchOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { t } from '@/texts'
import type { Item } from '../types'
import type { ManyAct } from './useMany'

const ManyDialog = lazy(() => import('./ManyDialog'))

type Props = { items: Item[]; all: Item[]; markAll: (on: boolean) => void; end: () => void }

/** What can be done at once with what is marked. */
export function ManyBar({ items, all, markAll, end }: Props) {
  const [act, setAct] = useState<ManyAct | null>(null)
  const approvals = items.filter(item => item.kind === 'approval' && item.approval.can.approve)
  return (
    <div className="work-many" role="toolbar" aria-label={t('work.markMany')}>
      <Checkbox checked={items.length > 0 && items.length === all.length} indeterminate={items.length > 0 && items.length < all.length} onChange={event => markAll(event.target.checked)}>
        {t('work.markedN', { n: items.length })}
      </Checkbox>
      <span className="grow" />
      {approvals.length > 0 && <Button type="primary" icon={<CheckOutlined />} onClick={() => setAct('approve')}>{t('work.approveN', { n: approvals.length })}</Button>}
      <Button icon={<UserSwitchOutlined />} disabled={items.length === 0} onClick={() => setAct('handOver')}>{t('work.reassign')}</Button>
      <Button icon={<ClockCircleOutlined />} disabled={items.length === 0} onClick={() => setAct('snooze')}>{t('work.snooze')}</Button>
      <Button type="text" icon={<CloseOutlined />} aria-label={t('work.markEnd')} onClick={end} />
      <Suspense>{act && <ManyDialog act={act} items={act === 'approve' ? approvals : items} close={() => setAct(null)} done={end} />}</Suspense>
    </div>
  )
}
