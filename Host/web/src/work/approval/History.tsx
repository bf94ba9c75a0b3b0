import { t, tMaybe, label } from '@/texts'
import { ago, dateTime } from '@/ui/format'
import type { Approval } from '../types'

export function History({ approval }: { approval: Approval }) {
  return (
    <ul className="plain history">
      {approval.history.map((entry, i) => (
        <li key={i}>
          <div className="history-line">
            <span>
              <strong>{entry.actor?.name ?? t('records.system')}</strong> {tMaybe(`work.act_${entry.act}`, entry.act)}
              {entry.to && ` → ${entry.to.name}`}
            </span>
            <time dateTime={entry.at} title={dateTime(entry.at)} className="muted small">{ago(entry.at)}</time>
          </div>
          {entry.comment && <div className="seat-comment">{entry.comment}</div>}
          {!entry.comment && entry.why && <div className="muted small">{label(entry.why)}</div>}
        </li>
      ))}
    </ul>
  )
}
