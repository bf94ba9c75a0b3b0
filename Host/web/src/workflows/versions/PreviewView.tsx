import { ArrowRightOutlined, CheckCircleFilled, WarningFilled } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { Link } from 'react-router'
import { useCatalogue } from '@/app/me'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LinesSkeleton } from '@/ui/Skeletons'
import { due } from '@/ui/format'
import { stepsOf } from '../definition/blocks'
import { sopQuery, useWords } from '../sops/sops'
import type { Words } from '../words/context'
import { kindName, stepName } from '../words/names'
import { previewQuery, type MigrationWish, type Preview, type PreviewRun, type PreviewStep, type StepMap } from './versions'
import './versions.css'

type Props = { wish: MigrationWish; map: StepMap; setMap: (map: StepMap) => void }

/** What a migration would do: the plan, which can be changed, and run by run who can move and where it goes on. */
export function PreviewView({ wish, map, setMap }: Props) {
  const preview = useQuery({ ...previewQuery(wish, map), placeholderData: before => before })
  const target = useQuery(sopQuery(wish.key, wish.to))
  const words = useWords(target.data?.definition)
  const error = preview.error ?? target.error
  if (error) return <Failure error={error} again={() => void preview.refetch()} />
  if (!preview.data || !words) return <LinesSkeleton lines={3} />
  const { data } = preview
  if (data.runs === 0) return <p className="muted">{t('versions.noRuns')}</p>
  const moves = data.steps.some(step => step.to !== step.step)
  return (
    <div className="preview">
      <div role="status">
        <strong>{t('versions.previewSum', { runs: data.runs, movable: data.movable, refused: data.refused })}</strong>
        {data.more && <span className="muted"> {t('versions.previewMore', { runs: data.runs })}</span>}
      </div>
      {(moves || Object.keys(map).length > 0 || data.refused > 0) && <Plan steps={data.steps} words={words} choose={(step, to) => setMap({ ...map, [step]: to })} />}
      <Reasons preview={data} />
      <h3>{t('versions.perRun')}</h3>
      <ul className="plain preview-runs" tabIndex={0}>{data.items.map(run => <RunLine key={run.run} run={run} words={words} />)}</ul>
    </div>
  )
}

type PlanProps = { steps: PreviewStep[]; words: Words; choose: (step: string, to: string) => void }

function Plan({ steps, words, choose }: PlanProps) {
  const all = [...stepsOf(words.sop.steps)]
  return (
    <>
      <h3>{t('versions.plan')}</h3>
      <p className="muted small" style={{ margin: 0 }}>{t('versions.planHelp')}</p>
      <div className="preview-plan">
        {steps.map(step => {
          const name = called(step, words)
          return [
            <span key={step.step}>{name} <span className="muted small">{t('versions.runsAt', { n: step.runs })}</span></span>,
            <ArrowRightOutlined key={`${step.step}>`} className="muted" />,
            <Select
              key={`${step.step}=`}
              aria-label={name}
              value={step.to ?? ''}
              status={step.to ? undefined : 'warning'}
              onChange={to => choose(step.step, to)}
              options={[{ value: '', label: t('versions.nowhere') }, ...all.filter(one => one.kind === step.kind).map(one => ({ value: one.id, label: stepName(one, words) }))]}
            />,
          ]
        })}
      </div>
    </>
  )
}

const Reasons = ({ preview }: { preview: Preview }) => preview.reasons.length > 0 && (
  <>
    <h3>{t('versions.whyStays')}</h3>
    <ul className="plain">
      {preview.reasons.map((reason, i) => <li key={i}><WarningFilled className="preview-cannot" /> {label(reason.why)} <span className="muted">{t('versions.runsAt', { n: reason.runs })}</span></li>)}
    </ul>
  </>
)

function RunLine({ run, words }: { run: PreviewRun; words: Words }) {
  const { byKey } = useCatalogue()
  const plural = byKey(run.record?.type)?.plural
  return (
    <li className="preview-run">
      {run.can ? <CheckCircleFilled className="preview-can" aria-label={t('workflows.yes')} /> : <WarningFilled className="preview-cannot" aria-label={t('workflows.no')} />}
      <div className="grow">
        {run.record ? <Link to={plural ? `/${plural}/${run.record.id}` : `/runs/${run.run}`} target="_blank">{run.record.name}</Link> : <span className="muted">{t('versions.hidden')}</span>}
        <span className="muted small"> {t('workflows.versionN', { n: run.version })}</span>
        {run.waits.map((wait, i) => (
          <div key={i} className="muted small">
            {[wait.to && wait.to !== wait.step && t('versions.standsAt', { step: called(wait, words) }), wait.to ? t('versions.goesOnAt', { step: nameOf(wait.to, words) }) : t('versions.standsAt', { step: called(wait, words) }), ...wait.who.map(person => person.name), wait.until && due(wait.until)].filter(Boolean).join(' · ')}
          </div>
        ))}
        {run.why.map((why, i) => <div key={i} className="small preview-cannot">{label(why)}</div>)}
      </div>
    </li>
  )
}

const nameOf = (id: string, words: Words) => {
  const step = [...stepsOf(words.sop.steps)].find(one => one.id === id)
  return step ? stepName(step, words) : id
}

/** A step of an older version: by its own name, else as the new version calls it. */
const called = (step: { step: string; name: PreviewStep['name']; kind: string }, words: Words) =>
  label(step.name) || ([...stepsOf(words.sop.steps)].some(one => one.id === step.step) ? nameOf(step.step, words) : `${kindName(step.kind, words)} ${step.step}`)
