import { Tabs } from 'antd'
import { useEffect, useState } from 'react'
import { useBlocker } from 'react-router'
import type { FieldError } from '@/api/problem'
import type { Rec, RecordType } from '@/api/types'
import { ask } from '@/app/feedback'
import { WorkOfRecord } from '@/records/detail/WorkOfRecord'
import '@/records/detail/detail.css'
import { nameOf } from '@/records/nameOf'
import { Timeline } from '@/records/timeline/Timeline'
import { t } from '@/texts'
import { LinesEditor } from '../lines/LinesEditor'
import { lineErrors, writeLines } from '../lines/lines'
import { QuoteFields } from './QuoteFields'
import { QuoteHead } from './QuoteHead'
import { DecidedWhy } from './DecidedWhy'
import { editableStates, stateNote } from './quoteStates'
import { Totals } from './Totals'
import { useQuoteDraft } from './useQuoteDraft'
import { usePrice } from './usePrice'
import './quote.css'

/** A quote: its lines with live totals, whose consent its discount takes, and its way to the customer. */
export function QuoteEditor({ type, quote }: { type: RecordType; quote: Rec }) {
  const draft = useQuoteDraft(type, quote)
  const [reopened, setReopened] = useState(false)
  const [problems, setProblems] = useState<FieldError[]>([])
  const status = String(quote.status)
  const readOnly = quote.can?.update !== true || !!quote.deletedAt || (!editableStates.includes(status) && !reopened)
  const price = usePrice({
    lines: writeLines(draft.lineField, draft.lines),
    currency: draft.values.currency ?? undefined,
    discount: draft.values.discount ?? 0,
    taxRate: draft.values.taxRate ?? undefined,
  })
  const name = nameOf(type, quote)
  useEffect(() => {
    document.title = `${name} · Crm`
  }, [name])
  useLeaveGuard(draft.touched)
  const note = stateNote(type, quote)
  return (
    <div className="page">
      <QuoteHead
        type={type}
        quote={quote}
        draft={draft}
        needs={price.data?.authority.needs}
        readOnly={readOnly}
        reopen={() => setReopened(true)}
        saved={() => { setReopened(false); setProblems([]) }}
        refused={setProblems}
      />
      {note && <div className="quote-note">{note}{['returned', 'byRejection'].includes(String(quote.statusReason)) && <DecidedWhy quote={quote} />}</div>}
      <div className="quote">
        <div className="quote-main">
          <section className="panel panel-pad" aria-label={t('sales.lines')}>
            <h2 className="panel-title">{t('sales.lines')}</h2>
            <LinesEditor
              field={draft.lineField}
              lines={draft.lines}
              onChange={draft.setLines}
              prices={readOnly ? undefined : price.data?.lines}
              errors={lineErrors(problems, draft.lines)}
              readOnly={readOnly}
              currency={(draft.values.currency as string | null) ?? undefined}
            />
          </section>
          <section className="panel panel-pad" aria-label={t('sales.conditions')}>
            <h2 className="panel-title">{t('sales.conditions')}</h2>
            <QuoteFields quote={quote} draft={draft} problems={problems} readOnly={readOnly} />
          </section>
          <section className="panel detail-main">
            <Tabs
              items={[
                { key: 'timeline', label: t('records.timeline'), children: <Timeline type={type} record={quote} /> },
                { key: 'work', label: t('records.work'), children: <WorkOfRecord type={type} record={quote} /> },
              ]}
            />
          </section>
        </div>
        <Totals quote={quote} price={draft.lines.length > 0 ? price.data : undefined} live={!readOnly} busy={price.isFetching} currency={(draft.values.currency as string | null) ?? undefined} />
      </div>
    </div>
  )
}

/** Asks before unsaved work is left. */
function useLeaveGuard(touched: boolean) {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => touched && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    void ask(t('records.discardAsk'), { ok: t('records.discard'), danger: true }).then(leave => (leave ? blocker.proceed() : blocker.reset()))
  }, [blocker])
  useEffect(() => {
    if (!touched) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [touched])
}
