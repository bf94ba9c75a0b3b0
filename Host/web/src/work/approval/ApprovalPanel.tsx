import { useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { t, tMaybe } from '@/texts'
import { Chip } from '@/ui/Chip'
import { Failure } from '@/ui/Failure'
import { dateTime } from '@/ui/format'
import { LinesSkeleton } from '@/ui/Skeletons'
import { PanelHead } from '../PanelHead'
import type { Approval } from '../types'
import { Decide } from './Decide'
import { History } from './History'
import { Snapshot } from './Snapshot'
import { Stages } from './Stages'

/** An approval: what is asked, what it means in money, who has said what, and the decision. */
export function ApprovalPanel({ id, finished, close }: { id: string; finished: () => void; close: () => void }) {
  const query = useQuery({ queryKey: [...keys.approvals(), 'one', id], queryFn: () => api.get<Approval>(`approvals/${id}`) })
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
        facts={
          <>
            <span className="muted">{t('work.startedBy', { name: approval.initiator.name, at: dateTime(approval.createdAt) })}</span>
            {mine?.via && <Chip color="purple">{t('work.via', { name: mine.via.name })}</Chip>}
            {!open && <Chip color={approval.state === 'approved' ? 'green' : approval.state === 'rejected' ? 'red' : null}>{tMaybe(`work.state_${approval.state}`, approval.state)}</Chip>}
          </>
        }
      />
      <div className="work-body">
        <Snapshot approval={approval} />
        <section>
          <h3>{t('work.stages')}</h3>
          <Stages stages={approval.stages} />
        </section>
        {approval.history.length > 0 && (
          <section>
            <h3>{t('work.history')}</h3>
            <History approval={approval} />
          </section>
        )}
      </div>
      <Decide approval={approval} finished={finished} />
    </div>
  )
}
