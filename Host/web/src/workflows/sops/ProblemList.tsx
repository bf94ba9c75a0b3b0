import { CloseCircleFilled, WarningFilled } from '@ant-design/icons'
import type { SopProblem } from './sops'

/** Problems of a draft; each leads to its step. */
export const ProblemList = ({ problems, open }: { problems: SopProblem[]; open: (step: string | null) => void }) => (
  <ul className="plain">
    {problems.map((problem, i) => (
      <li key={i}>
        <button type="button" className="problem-line" onClick={() => open(problem.step)}>
          <span className={`problem-${problem.severity}`} aria-hidden>{problem.severity === 'error' ? <CloseCircleFilled /> : <WarningFilled />}</span>
          <span>{problem.message}</span>
        </button>
      </li>
    ))}
  </ul>
)
