import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { label, t } from '@/texts'
import { date } from '@/ui/format'
import { Sentence } from '../canvas/Sentence'
import { blocksOf } from '../definition/blocks'
import type { Step } from '../definition/sop'
import { StepFacts } from '../steps/StepFacts'
import type { Words } from '../words/context'
import { stepName } from '../words/names'
import { stepSentence } from '../words/sentence'
import { reentryWords, triggerSentence } from '../words/trigger'
import { wayWords } from '../words/way'
import { pagesOf, pictureOf } from './picture'
import './print.css'

/** A page holds so much of its width in height; beside it stands the text of the head on the first one. */
const ratio = 1.3
/** No larger than on a screen. */
const narrowest = 760

/** An SOP on paper: its drawing, page by page, then every step in full. It asks to be printed as soon as it is there. */
export default function PrintSheet({ words, done }: { words: Words; done: () => void }) {
  const { sop } = words
  const picture = pictureOf(words)
  const width = Math.max(picture.width, narrowest)
  useEffect(() => {
    window.addEventListener('afterprint', done)
    window.print()
    return () => window.removeEventListener('afterprint', done)
  }, [done])
  return createPortal(
    <article className="print-sheet">
      <h1>{label(sop.name)}</h1>
      {sop.about && <p>{label(sop.about)}</p>}
      <p className="print-meta">{[label(words.type?.label), t('designer.printedOn', { date: date(new Date().toISOString()) })].filter(Boolean).join(' · ')}</p>
      {pagesOf(picture, width * ratio).map(({ from, to }) => (
        <svg key={from} className="print-drawing" viewBox={`${-(width - picture.width) / 2} ${from} ${width} ${to - from}`} dangerouslySetInnerHTML={{ __html: picture.body }} />
      ))}
      <section className="print-steps">
        <h2>{t('workflows.starts')}</h2>
        <ul>{sop.triggers.map((trigger, i) => <li key={i}><Sentence parts={triggerSentence(trigger, words)} /> · {reentryWords(trigger)}</li>)}</ul>
        <h2>{t('designer.allSteps')}</h2>
        <Steps steps={sop.steps} words={words} />
      </section>
    </article>,
    document.body,
  )
}

const Steps = ({ steps, words }: { steps: Step[]; words: Words }) => <ol>{steps.map(step => <li key={step.id}><StepInFull step={step} words={words} /></li>)}</ol>

function StepInFull({ step, words }: { step: Step; words: Words }) {
  const description = words.step(step.kind)
  return (
    <>
      <div className="print-step"><strong>{stepName(step, words)}</strong><div><Sentence parts={stepSentence(step, words)} /></div></div>
      {description && !['branch', 'parallel', 'wait', 'end'].includes(step.kind) && <StepFacts inputs={description.inputs} values={step.inputs ?? {}} words={words} />}
      {blocksOf(step).map(block => (
        <div key={block.way} className="print-way">
          <em>{step.kind === 'forEach' || step.kind === 'repeat' ? '' : wayWords(step, block, words)}</em>
          {block.steps.length > 0 ? <Steps steps={block.steps} words={words} /> : <div className="print-meta">{t('designer.nothingMore')}</div>}
        </div>
      ))}
    </>
  )
}
