import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { t } from '@/texts'
import { number } from '@/ui/format'
import { FlowView } from '../canvas/FlowView'
import type { Bubble } from '../canvas/context'
import { outcomeName } from '../runs/NarrowedBy'
import '../sops/sops.css'
import { StepPanel } from '../steps/StepPanel'
import { nameOf, type Part } from './parts'
import { outcomesOfStep, runsBehind, tookWords } from './statistics'

/** The flow with how many runs stand at each step now, how many are late there, and how many went each way. */
export function FlowNow(part: Part) {
  const { figures, words } = part
  const [selected, select] = useState<string | null>(null)
  const bubbles = useMemo(() => {
    const all: Record<string, Bubble[]> = {}
    const put = (key: string, bubble: Bubble) => (all[key] ??= []).push(bubble)
    for (const { step, n } of figures.now.steps) put(step, { n, tone: 'now', title: t('watch.flowNowText') })
    for (const { step, n } of figures.overdue.steps) put(step, { n, tone: 'late', title: t('watch.lateTasks') })
    for (const { step, open } of figures.incidents) if (open > 0) put(step, { n: open, tone: 'bad', title: t('watch.incidentsNow') })
    for (const { step, outcomes } of figures.steps)
      for (const { kind, outcome, n } of outcomes) if (kind === 'decided' && outcome) for (const way of outcome.split(',')) put(`${step}/${way}`, { n, tone: 'plain', title: t('watch.inPeriod') })
    return all
  }, [figures])
  return (
    <section className="panel flow-now">
      <h2 className="panel-title">{t('watch.flowNow')} <span className="muted small">{t('watch.flowNowText')}</span></h2>
      <FlowView words={words} bubbles={bubbles} selected={selected} select={select} panel={selected && <StepPanel words={words} selected={selected} close={() => select(null)}><StepNumbers {...part} step={selected} /></StepPanel>} />
    </section>
  )
}

/** What is known of one step, each number with its runs. */
function StepNumbers({ sop, slice, figures, words, step }: Part & { step: string }) {
  const now = figures.now.steps.find(one => one.step === step)
  const late = figures.overdue.steps.find(one => one.step === step)
  const figure = figures.steps.find(one => one.step === step)
  return (
    <>
      <h3>{t('watch.figures')}: {nameOf(step, words)}</h3>
      <dl className="facts nums">
        {now && <><dt>{t('watch.standing')}</dt><dd><Link to={runsBehind(sop, slice, { at: step })}>{number(now.n)}</Link></dd></>}
        {late && <><dt>{t('watch.late')}</dt><dd><Link to={runsBehind(sop, slice, { at: step, overdue: 'true' })}>{number(late.n)}</Link></dd></>}
        {figure && <><dt>{t('watch.runs')}</dt><dd><Link to={runsBehind(sop, slice, { step }, figures)}>{number(figure.runs)}</Link></dd></>}
        {figure?.took && <><dt>{t('watch.median')}</dt><dd>{tookWords(figure.took.median)}</dd><dt>{t('watch.p90')}</dt><dd>{tookWords(figure.took.p90)}</dd></>}
        {figure && outcomesOfStep(figure).map(one => [
          <dt key={`${one.outcome}?`}>{outcomeName(step, one.outcome!, words)}</dt>,
          <dd key={one.outcome}><Link to={runsBehind(sop, slice, { step, outcome: one.outcome! }, figures)}>{number(one.runs)}</Link></dd>,
        ])}
      </dl>
    </>
  )
}
