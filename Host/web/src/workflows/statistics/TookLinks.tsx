import { Link } from 'react-router'
import { t } from '@/texts'
import { tookWords, type Spread } from './statistics'

/** The median and the slowest tenth; each leads to the runs that took as long or longer. */
export function TookLinks({ took, slower }: { took: Spread; slower: (seconds: number) => string }) {
  return (
    <span className="nums">
      <Link to={slower(took.median)} title={t('watch.slowerHalf')}>{tookWords(took.median)}</Link>
      <span className="muted"> · </span>
      <Link to={slower(took.p90)} title={t('watch.slowestTenth')}>{tookWords(took.p90)}</Link>
    </span>
  )
}
