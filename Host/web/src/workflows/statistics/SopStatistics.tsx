import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LinesSkeleton, RowsSkeleton } from '@/ui/Skeletons'
import { dateTime } from '@/ui/format'
import type { SopDetail } from '../sops/sops'
import { sopQuery, useWords } from '../sops/sops'
import { ApprovalTimes } from './ApprovalTimes'
import { FlowNow } from './FlowNow'
import { Hurts } from './Hurts'
import { SliceBar } from './SliceBar'
import { sliceOf, statisticsQuery } from './statistics'
import './statistics.css'
import { StepTimes } from './StepTimes'
import { Tiles } from './Tiles'

const RunsChart = lazy(() => import('./RunsChart'))

/** Where an SOP hurts: every number leads to the runs behind it. */
export function SopStatistics({ sop }: { sop: SopDetail }) {
  const [search] = useSearchParams()
  const slice = sliceOf(search)
  const figures = useQuery(statisticsQuery(sop.key, slice))
  const shown = useQuery({ ...sopQuery(sop.key, slice.version ?? null), enabled: slice.version !== undefined })
  const words = useWords(slice.version ? shown.data?.definition : sop.definition, true)
  const of = figures.data && words ? { sop: sop.key, slice, figures: figures.data, words } : null
  return (
    <div className="figures" aria-busy={figures.isFetching}>
      <SliceBar sop={sop} />
      {figures.isError ? <Failure error={figures.error} again={() => void figures.refetch()} /> : !of ? <RowsSkeleton rows={6} /> : (
        <>
          {of.figures.runs.since && <p className="figures-note">{t('watch.limited', { at: dateTime(of.figures.runs.since) })}</p>}
          <Tiles {...of} />
          <section className="panel panel-pad">
            <h2 className="panel-title">{t('watch.runsOverTime')}</h2>
            <Suspense fallback={<LinesSkeleton lines={5} />}><RunsChart {...of} /></Suspense>
          </section>
          <FlowNow {...of} />
          <StepTimes {...of} />
          <ApprovalTimes {...of} />
          <Hurts {...of} />
        </>
      )}
    </div>
  )
}
