import { CloseCircleFilled, DownOutlined, UpOutlined, WarningFilled } from '@ant-design/icons'
import { memo, useState } from 'react'
import { t } from '@/texts'
import { ProblemList } from '../sops/ProblemList'
import type { SopProblem } from '../sops/sops'
import { sorted } from './problems'

/** How many errors and warnings there are; opened, each of them, which leads to its step. */
export const ProblemBar = memo(function ProblemBar({ problems, open }: { problems: SopProblem[]; open: (step: string | null) => void }) {
  const [shown, setShown] = useState(false)
  if (problems.length === 0) return null
  const errors = problems.filter(problem => problem.severity === 'error').length
  const warnings = problems.length - errors
  return (
    <section className="problem-bar" aria-label={t('designer.problems')}>
      <button type="button" className="problem-count" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {errors > 0 && <span className="problem-error"><CloseCircleFilled aria-hidden /> {t('designer.errors', { n: errors })}</span>}
        {warnings > 0 && <span className="problem-warning"><WarningFilled aria-hidden /> {t('designer.warnings', { n: warnings })}</span>}
        <span className="grow" />
        {shown ? <DownOutlined aria-hidden /> : <UpOutlined aria-hidden />}
      </button>
      {shown && <ProblemList problems={sorted(problems)} open={open} />}
    </section>
  )
})
