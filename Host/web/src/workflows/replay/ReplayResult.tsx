import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Progress, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { label, t, tMaybe } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LinesSkeleton } from '@/ui/Skeletons'
import { date, number } from '@/ui/format'
import { FlowView } from '../canvas/FlowView'
import { useWords } from '../sops/sops'
import { ReplayCases } from './ReplayCases'
import { bad, figures, replayQuery, type ReplayDetail } from './replay'

/** Progress, then the figures, the flow with counts, and the cases behind each number. */
export function ReplayResult({ id, gone }: { id: string; gone: () => void }) {
  const client = useQueryClient()
  const replay = useQuery(replayQuery(id))
  const stale = () => client.invalidateQueries({ queryKey: keys.replays() })
  const cancel = useMutation({ mutationFn: () => api.post(`replays/${id}/cancel`), onSuccess: stale })
  const remove = useMutation({ mutationFn: () => api.delete(`replays/${id}`), onSuccess: () => (gone(), stale()) })
  if (replay.isError) return <Failure error={replay.error} again={() => void replay.refetch()} />
  if (!replay.data) return <LinesSkeleton lines={6} />
  const { data } = replay
  return (
    <div className="replay">
      <div className="replay-head">
        <span className="muted nums">{t('trials.periodOf', { from: date(data.from), to: date(data.to) })} · {data.version ? t('workflows.versionN', { n: data.version }) : t('workflows.draft')}</span>
        <span className="grow" />
        {data.state === 'running' && <Button onClick={() => cancel.mutate()} loading={cancel.isPending}>{t('trials.cancelReplay')}</Button>}
        {data.state !== 'running' && <Button onClick={() => remove.mutate()} loading={remove.isPending}>{t('app.delete')}</Button>}
      </div>
      {data.state === 'running' && <Progress percent={Math.round(data.progress * 100)} status="active" aria-label={t('trials.progress')} />}
      {data.state === 'failed' && <Alert type="error" showIcon title={t('trials.replayFailed')} description={data.error} />}
      {data.state === 'cancelled' && <Alert type="warning" showIcon title={t('trials.replayCancelled', { n: number(data.cases) })} />}
      <Result replay={data} />
    </div>
  )
}

function Result({ replay }: { replay: ReplayDetail }) {
  const [figure, setFigure] = useState('all')
  const [view, setView] = useState<'cases' | 'flow'>('cases')
  const words = useWords(replay.definition, true)
  const counts = useMemo(() => ({ steps: replay.steps, ways: replay.ways }), [replay.steps, replay.ways])
  const [selected, select] = useState<string | null>(null)
  const pick = (id: string | null) => {
    select(id)
    setFigure(id && id !== 'start' ? `step/${id}` : 'all')
  }
  const shown = figures.filter(one => replay.figures[one])
  const tile = (key: string, n: number) => (
    <button key={key} type="button" className={`replay-tile ${figure === key ? 'chosen' : ''} ${bad.has(key) && n > 0 ? 'bad' : ''}`} aria-pressed={figure === key} onClick={() => { setFigure(key); select(null); setView('cases') }}>
      <span className="replay-number nums">{number(n)}</span>
      <span>{tMaybe(`trials.figure_${key}`, key)}</span>
    </button>
  )
  const cases = <ReplayCases key={figure} id={replay.id} figure={figure} running={replay.state === 'running'} cases={replay.cases} />
  return (
    <>
      <div className="replay-tiles">{tile('all', replay.figures.all ?? 0)}{shown.map(key => tile(key, replay.figures[key]!))}</div>
      <div className="replay-bar">
        <Segmented value={view} onChange={setView} options={[{ value: 'cases', label: t('trials.cases') }, { value: 'flow', label: t('workflows.tab_flow') }]} />
        <span className="grow" />
        <Button icon={<DownloadOutlined />} href={api.address(`replays/${replay.id}/cases.csv`, { figure })} disabled={replay.cases === 0}>{t('trials.export')}</Button>
      </div>
      {view === 'cases' && cases}
      {view === 'flow' && (words ? (
        <div className="replay-flow">
          <FlowView words={words} counts={counts} selected={selected} select={pick} panel={selected && <div className="step-panel"><h3>{t('trials.casesHere')}</h3>{cases}</div>} />
        </div>
      ) : <LinesSkeleton lines={6} />)}
      <details className="replay-notes">
        <summary>{t('trials.howCounted')}</summary>
        <ul>{replay.notes.map((note, i) => <li key={i}>{label(note)}</li>)}</ul>
      </details>
    </>
  )
}
