import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useCatalogue } from '@/app/me'
import { useWide } from '@/app/useWide'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { Page } from '@/ui/Page'
import { LinesSkeleton, PageSkeleton } from '@/ui/Skeletons'
import { dateTime } from '@/ui/format'
import { FlowView } from '../canvas/FlowView'
import { useWords } from '../sops/sops'
import '../sops/sops.css'
import { StepPanel } from '../steps/StepPanel'
import type { Words } from '../words/context'
import { progressOf } from './progress'
import { RunActions } from './RunActions'
import { RunHistory } from './RunHistory'
import { RunNow } from './RunNow'
import { RunState } from './RunState'
import './runs.css'
import { runQuery, type RunDetail } from './runs'

export function RunPage() {
  const { id = '' } = useParams()
  const run = useQuery(runQuery(id))
  const words = useWords(run.data?.definition, true)
  const { byKey } = useCatalogue()
  if (run.isError) return <Failure error={run.error} again={() => void run.refetch()} />
  if (!run.data) return <PageSkeleton />
  const { sop, record, state, version, startedAt } = run.data
  const type = byKey(record.type)
  return (
    <Page
      full
      title={label(sop.name)}
      note={
        <span className="run-note">
          <RunState state={state} />
          {type ? <Link to={`/${type.plural}/${record.id}`}>{record.name}</Link> : record.name}
          <Link to={`/sops/${sop.key}?version=${version}`} className="muted">{t('workflows.versionN', { n: version })}</Link>
          <span>{dateTime(startedAt)}</span>
        </span>
      }
      actions={<RunActions run={run.data} words={words} />}
    >
      {words ? <RunBody run={run.data} words={words} /> : <LinesSkeleton lines={6} />}
    </Page>
  )
}

function RunBody({ run, words }: { run: RunDetail; words: Words }) {
  const wide = useWide()
  const [selected, select] = useState<string | null>(null)
  const [view, setView] = useState<'history' | 'flow'>('history')
  const progress = useMemo(() => progressOf(run), [run])
  const all = (
    <div className="run-side">
      <RunNow run={run} words={words} />
      <RunHistory entries={run.history} words={words} open={select} startedBy={run.startedBy} />
    </div>
  )
  const one = selected && (
    <StepPanel words={words} selected={selected} close={() => select(null)}>
      <h3>{t('workflows.history')}</h3>
      <RunHistory entries={run.history.filter(entry => entry.step === selected)} words={words} />
    </StepPanel>
  )
  const flow = <FlowView words={words} states={progress.states} taken={progress.taken} selected={selected} select={select} panel={one} />
  if (wide) return <div className="run-body"><div className="run-flow">{flow}</div>{!selected && all}</div>
  return (
    <>
      <Segmented block value={view} onChange={setView} options={[{ value: 'history', label: t('workflows.history') }, { value: 'flow', label: t('workflows.tab_flow') }]} style={{ marginBottom: 8 }} />
      {view === 'flow' ? flow : all}
    </>
  )
}
