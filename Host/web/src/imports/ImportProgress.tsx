import { Progress } from 'antd'
import { t } from '@/texts'
import { number } from '@/ui/format'
import { active, type ImportJob } from './imports'

/** Figures of an import or of its trial run, growing while it goes on. */
export function ImportProgress({ job, trial }: { job: ImportJob; trial?: boolean }) {
  const percent = job.total > 0 ? Math.floor((job.done / job.total) * 100) : 0
  const figures = [['created', job.created], ['updated', job.updated], ['skipped', job.skipped], ['failed', job.failed]] as const
  return (
    <section className="panel panel-pad import-progress" aria-live="polite">
      {active(job.state) && <Progress percent={percent} status="active" />}
      {job.failure && <p className="form-problem">{job.failure}</p>}
      {(job.kept ?? 0) > 0 && <p className="form-note">{t('imports.kept', { n: number(job.kept!) })}</p>}
      <dl className="figures">
        {figures.map(([key, value]) => (
          <div key={key} className={key === 'failed' && value > 0 ? 'figure figure-bad' : 'figure'}>
            <dt>{t(trial ? `imports.would_${key}` : `imports.${key}`)}</dt>
            <dd className="nums">{number(value)}</dd>
          </div>
        ))}
        <div className="figure"><dt>{t('imports.total')}</dt><dd className="nums">{number(job.total)}</dd></div>
      </dl>
    </section>
  )
}
