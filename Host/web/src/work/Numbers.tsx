import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { useCatalogue } from '@/app/me'
import { t } from '@/texts'
import { number, shortMoney } from '@/ui/format'
import type { Show } from './useQueue'

type Figures = Partial<Record<'tasksOpen' | 'tasksOverdue' | 'approvalsOpen' | 'leadsOpen' | 'opportunitiesOpen' | 'opportunityAmount' | 'wonThisMonth' | 'wonAmountThisMonth', number>>

/** Today in numbers; each leads to what it counts. */
export function Numbers({ show }: { show: (what: Show) => void }) {
  const { data } = useQuery({ queryKey: keys.numbers, queryFn: () => api.get<Figures>('me/numbers') })
  const { byKey } = useCatalogue()
  const sees = (type: string) => byKey(type)?.can.read === true
  if (!data) return <div className="numbers">{[1, 2, 3, 4, 5].map(i => <span key={i} className="bone number-bone" />)}</div>
  const has = (key: keyof Figures) => data[key] !== undefined
  return (
    <div className="numbers">
      {has('tasksOpen') && (
        <button type="button" className="number" onClick={() => show('tasks')}>
          <span className="number-name">{t('work.tasksOpen')}</span>
          <strong>{number(data.tasksOpen!)}</strong>
          {(data.tasksOverdue ?? 0) > 0 ? <span className="number-late">{t('work.overdueN', { n: data.tasksOverdue! })}</span> : <span className="muted small">{t('work.noneOverdue')}</span>}
        </button>
      )}
      {has('approvalsOpen') && (
        <button type="button" className="number" onClick={() => show('approvals')}>
          <span className="number-name">{t('work.approvalsOpen')}</span>
          <strong>{number(data.approvalsOpen!)}</strong>
          <span className="muted small">{t('work.waitForYou')}</span>
        </button>
      )}
      {has('leadsOpen') && sees('lead') && (
        <Link to="/leads?view=mine" className="number">
          <span className="number-name">{t('work.leadsOpen')}</span>
          <strong>{number(data.leadsOpen!)}</strong>
          <span className="muted small">{t('work.inProgress')}</span>
        </Link>
      )}
      {has('opportunitiesOpen') && sees('opportunity') && (
        <Link to="/opportunities?view=mine" className="number">
          <span className="number-name">{t('work.opportunitiesOpen')}</span>
          <strong>{number(data.opportunitiesOpen!)}</strong>
          <span className="muted small">{shortMoney(data.opportunityAmount ?? 0)}</span>
        </Link>
      )}
      {has('wonThisMonth') && sees('opportunity') && (
        <Link to="/opportunities?view=won" className="number">
          <span className="number-name">{t('work.won')}</span>
          <strong>{shortMoney(data.wonAmountThisMonth ?? 0)}</strong>
          <span className="muted small">{t('work.wonN', { n: data.wonThisMonth! })}</span>
        </Link>
      )}
    </div>
  )
}
