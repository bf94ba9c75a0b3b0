import { ClockCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { useShortcuts } from '@/app/keyboard'
import { t, tMaybe } from '@/texts'
import { Chip } from '@/ui/Chip'
import { Failure } from '@/ui/Failure'
import { dateTime } from '@/ui/format'
import { LinesSkeleton } from '@/ui/Skeletons'
import { PanelHead } from '../PanelHead'
import type { Approval } from '../types'
import { useSnooze } from '../useSnooze'
import { Changed } from './Changed'
import { Decide } from './Decide'
import { Earlier, stateColor } from './Earlier'
import { History } from './History'
import { Snapshot } from './Snapshot'
import { Stages } from './Stages'

const Snooze = lazy(() => import('../Snooze'))

/** An approval: what is asked, what it means in money, who has said what, and the decision. */
export function ApprovalPanel({ id, finished, close }: { id: string; finished: () => void; close: () => void }) {
  const query = useQuery({ queryKey: [...keys.approvals(), 'one', id], queryFn: () => api.get<Approval>(`approvals/${id}`) })
  const [choosing, setChoosing] = useState(false)
  const snoozing = useSnooze('approvals', id, finished)
  useShortcuts({ s: () => query.data?.can.snooze && setChoosing(true) })
  if (query.isPending) return <div className="panel-pad"><LinesSkeleton lines={8} /></div>
  if (query.isError) return <Failure error={query.error} again={() => void query.refetch()} />
  const approval = query.data
  const open = approval.state === 'open'
  const mine = approval.stages.flatMap(stage => stage.seats).find(seat => seat.id === approval.mySeat)
  return (
    <div className="work-open">
      <PanelHead
        title={approval.title}
        record={approval.record}
        dueAt={approval.dueAt}
        open={open}
        why={mine?.why ?? approval.why}
        close={close}
        menu={approval.can.snooze && (
          <Dropdown trigger={['click']} menu={{ items: snoozing.items(approval.snoozedUntil !== null && Date.parse(approval.snoozedUntil) > Date.now(), () => setChoosing(true)) }}>
            <Button type="text" icon={<ClockCircleOutlined />} aria-label={t('work.snooze')} />
          </Dropdown>
        )}
        facts={
          <>
            <span className="muted">{t('work.startedBy', { name: approval.initiator.name, at: dateTime(approval.createdAt) })}</span>
            {mine?.via && <Chip color="purple">{t('work.via', { name: mine.via.name })}</Chip>}
            {!open && <Chip color={stateColor(approval.state)}>{tMaybe(`work.state_${approval.state}`, approval.state)}</Chip>}
          </>
        }
      />
      <div className="work-body">
        <Changed approval={approval} />
        <Snapshot approval={approval} />
        <section>
          <h3>{t('work.stages')}</h3>
          <Stages approval={approval} />
        </section>
        {approval.history.length > 0 && (
          <section>
            <h3>{t('work.history')}</h3>
            <History approval={approval} />
          </section>
        )}
        <Earlier approval={approval} />
      </div>
      <Decide approval={approval} finished={finished} />
      <Suspense>{choosing && <Snooze choose={until => { setChoosing(false); void snoozing.snooze(until) }} close={() => setChoosing(false)} />}</Suspense>
    </div>
  )
}
