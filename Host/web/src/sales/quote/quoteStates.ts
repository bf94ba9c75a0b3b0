import type { Rec, RecordType } from '@/api/types'
import { label, t } from '@/texts'

/** Where a quote may be written as it is. */
export const editableStates = ['draft', 'rejected']

/** Where it may be reopened: it becomes a draft again and needs a new submission. */
export const reopenableStates = ['approved', 'sent', 'declined', 'expired']

/** One line over the quote that says what its state means. */
export function stateNote(type: RecordType, quote: Rec): string | null {
  const reason = type.fields.find(field => field.key === 'statusReason')?.options?.find(option => option.key === quote.statusReason)
  if (quote.status === 'pending') return t('sales.pendingNote')
  return reason ? label(reason.label) : null
}
