import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useWide } from '@/app/useWide'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { Page } from '@/ui/Page'
import { LinesSkeleton, PageSkeleton } from '@/ui/Skeletons'
import { FlowView } from '../canvas/FlowView'
import { progressOf } from '../runs/progress'
import type { RunDetail } from '../runs/runs'
import '../runs/runs.css'
import { sopQuery, useWords, type SopDetail } from '../sops/sops'
import '../sops/sops.css'
import { StepPanel } from '../steps/StepPanel'
import type { Words } from '../words/context'
import './trial.css'
import { tryOut, type Choice, type Setup, type TrialResult } from './trial'
import { TrialEffects } from './TrialEffects'
import { TrialNow } from './TrialNow'
import { TrialSetup } from './TrialSetup'

/** Plays an SOP on a record: nothing of it is written, nobody is told. */
export function TrialPage() {
  const { key = '' } = useParams()
  const [search] = useSearchParams()
  const version = search.get('version')
  const sop = useQuery(sopQuery(key, version))
  if (sop.isError) return <Failure error={sop.error} again={() => void sop.refetch()} />
  if (!sop.data) return <PageSkeleton />
  const draft = version === 'draft' || (!version && sop.data.state !== 'published')
  return <Trial key={version} sop={sop.data} version={draft ? 'draft' : (version ?? String(sop.data.version))} record={search.get('record')} />
}

function Trial({ sop, version, record }: { sop: SopDetail; version: string; record: string | null }) {
  const [setup, setSetup] = useState<Setup | null>(null)
  const [played, setPlayed] = useState<{ choices: Choice[]; result: TrialResult } | null>(null)
  const play = useMutation({
    mutationFn: async ({ setup, choices }: { setup: Setup; choices: Choice[] }) => ({ choices, result: await tryOut(sop.key, setup, choices) }),
    onSuccess: setPlayed,
  })
  const begin = (next: Setup) => {
    setSetup(next)
    play.mutate({ setup: next, choices: [] })
  }
  const to = (choices: Choice[]) => setup && play.mutate({ setup, choices })
  const again = () => {
    setSetup(null)
    setPlayed(null)
  }
  const words = useWords(played?.result.definition ?? sop.definition, true)
  return (
    <Page
      full
      title={t('trials.trialOf', { name: label(sop.name) })}
      note={version === 'draft' ? t('workflows.draft') : t('workflows.versionN', { n: version })}
      actions={
        <>
          {played && <Button onClick={again}>{t('trials.again')}</Button>}
          <Link to={`/sops/${sop.key}${version === 'draft' ? '?version=draft' : ''}`}><Button>{t('app.close')}</Button></Link>
        </>
      }
    >
      {words ? (
        <Body
          words={words}
          result={played?.result ?? null}
          side={
            played && setup ? (
              <>
                <TrialNow key={played.choices.length} result={played.result} words={words} busy={play.isPending} choose={choice => to([...played.choices, choice])} />
                <TrialEffects result={played.result} choices={played.choices} words={words} backTo={n => to(played.choices.slice(0, n))} />
              </>
            ) : <TrialSetup words={words} version={version} record={record} busy={play.isPending} error={play.error} begin={begin} />
          }
        />
      ) : <LinesSkeleton lines={6} />}
    </Page>
  )
}

function Body({ words, result, side }: { words: Words; result: TrialResult | null; side: React.ReactNode }) {
  const wide = useWide()
  const [selected, select] = useState<string | null>(null)
  const [view, setView] = useState<'play' | 'flow'>('play')
  const progress = useMemo(() => (result ? progressOf(result as unknown as RunDetail) : null), [result])
  const flow = (
    <FlowView
      words={words}
      states={progress?.states}
      taken={progress?.taken}
      selected={selected}
      select={select}
      panel={selected && <StepPanel words={words} selected={selected} close={() => select(null)} />}
    />
  )
  if (wide) return <div className="run-body"><div className="run-flow">{flow}</div>{!selected && <div className="run-side trial-side">{side}</div>}</div>
  return (
    <>
      <Segmented block value={view} onChange={setView} options={[{ value: 'play', label: t('trials.play') }, { value: 'flow', label: t('workflows.tab_flow') }]} style={{ marginBottom: 8 }} />
      {view === 'flow' ? flow : <div className="run-side trial-side">{side ?? <Blank title={t('trials.play')} />}</div>}
    </>
  )
}
