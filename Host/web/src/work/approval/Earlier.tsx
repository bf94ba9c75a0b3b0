import { Link } from 'react-router'
import { t, tMaybe } from '@/texts'
import { Chip } from '@/ui/Chip'
import { dateTime } from '@/ui/format'
import type { Approval } from '../types'

export const stateColor = (state: string) => (state === 'approved' ? 'green' : state === 'rejected' ? 'red' : null)

/** How the same record was decided before. */
export function Earlier({ approval }: { approval: Approval }) {
  if (!approval.earlier?.length) return null
  return (
    <section>
      <h3>{t('work.earlier')}</h3>
      <ul className="plain history">
        {approval.earlier.map(({ id, title, state, at }) => (
          <li key={id} className="history-line">
            <Link to={`/approvals/${id}`} className="ellipsis">{title}</Link>
            <span className="grow" />
            <Chip color={stateColor(state)}>{tMaybe(`work.state_${state}`, state)}</Chip>
            <time dateTime={at} className="muted small nums">{dateTime(at)}</time>
          </li>
        ))}
      </ul>
    </section>
  )
}
