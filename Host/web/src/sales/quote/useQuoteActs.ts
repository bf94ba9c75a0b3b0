import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem, type FieldError } from '@/api/problem'
import type { Rec, RecordType } from '@/api/types'
import { report, say } from '@/app/feedback'
import { useSaveRecord } from '@/records/form/useSaveRecord'
import { t } from '@/texts'
import type { QuoteDraft } from './useQuoteDraft'

export type Step = 'submit' | 'send' | 'accept' | 'decline'

/** Saving a quote and taking its steps. Field errors go back to the editor, all else is said. */
export function useQuoteActs(type: RecordType, quote: Rec, draft: QuoteDraft, told: { saved: () => void; refused: (problems: FieldError[]) => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const saveRecord = useSaveRecord(type)
  const [busy, setBusy] = useState<Step | 'copy' | null>(null)

  const fail = (error: unknown) => {
    if (isProblem(error) && error.errors.length > 0) told.refused(error.errors)
    report(error)
  }
  const take = (saved: Rec) => {
    client.setQueryData(keys.record('quote', quote.id), saved)
    void client.invalidateQueries({ queryKey: keys.type('quote') })
    draft.reset(saved)
    told.saved()
  }
  const save = async () => {
    try {
      take(await saveRecord.mutateAsync({ record: draft.base, changes: draft.changes() }))
      say(t('app.saved'))
    } catch (error) {
      fail(error)
    }
  }
  const step = async (name: Step) => {
    setBusy(name)
    try {
      const saved = await api.post<Rec>(`quotes/${quote.id}/${name}`, {}, { ifMatch: quote.version })
      take(saved)
      say(t(saved.status === 'pending' ? 'sales.did_pending' : `sales.did_${name}`))
      void client.invalidateQueries({ queryKey: keys.approvals() })
    } catch (error) {
      fail(error)
    } finally {
      setBusy(null)
    }
  }
  const copy = async () => {
    setBusy('copy')
    try {
      const made = await api.post<Rec>(`quotes/${quote.id}/copy`, {}, { idempotencyKey: newKey() })
      void client.invalidateQueries({ queryKey: keys.type('quote') })
      say(t('sales.did_copy'))
      void navigate(`/quotes/${made.id}`)
    } catch (error) {
      fail(error)
    } finally {
      setBusy(null)
    }
  }
  return { busy, saving: saveRecord.isPending, save, step, copy }
}
