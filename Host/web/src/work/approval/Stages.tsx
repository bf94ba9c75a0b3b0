import { CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled, MinusCircleOutlined, RollbackOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { label, t, tMaybe } from '@/texts'
import { dateTime } from '@/ui/format'
import { Person } from '@/ui/Person'
import type { Approval } from '../types'
import { useDecide } from './useDecide'

const marks: Record<string, ReactNode> = {
  approved: <CheckCircleFilled className="mark-yes" />,
  rejected: <CloseCircleFilled className="mark-no" />,
  returned: <RollbackOutlined className="mark-no" />,
  open: <ClockCircleOutlined className="mark-now" />,
}

/** Who decides, in which order, and what has been said. */
export function Stages({ approval }: { approval: Approval }) {
  const { stages } = approval
  const nothing = () => undefined
  const remove = useDecide(approval, nothing, nothing)
  return (
    <ol className="plain approval-stages">
      {stages.map(stage => (
        <li key={stage.key} className={`approval-stage approval-stage-${stage.state}`}>
          <div className="approval-stage-head">
            <span aria-hidden>{marks[stage.state] ?? <MinusCircleOutlined className="muted" />}</span>
            <strong>{label(stage.label) || stage.key}</strong>
            {stage.seats.length > 1 && <span className="muted small">{t(`work.mode_${stage.mode}`)}</span>}
            <span className="grow" />
            <span className="muted small">{tMaybe(`work.stage_${stage.state}`, stage.state)}</span>
          </div>
          <ul className="plain">
            {stage.seats.map(seat => (
              <li key={seat.id} className="seat">
                <Person of={seat.approver} size={20} />
                {seat.via && <span className="muted small">{t('work.via', { name: seat.via.name })}</span>}
                <span className="grow" />
                <span className="muted small">{tMaybe(`work.seat_${seat.state}`, seat.state)}{seat.decidedAt && ` ${dateTime(seat.decidedAt)}`}</span>
                {seat.mayRemove && <Button size="small" type="text" danger loading={remove.isPending} onClick={() => remove.mutate({ act: 'removeSigner', seat: seat.id })}>{t('work.removeSigner')}</Button>}
                {seat.comment && <div className="seat-comment">{seat.comment}</div>}
                {seat.why && <div className="seat-why muted small">{label(seat.why)}</div>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
