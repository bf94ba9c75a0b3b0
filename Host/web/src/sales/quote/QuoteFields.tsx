import type { FieldError } from '@/api/problem'
import type { Rec, Ref } from '@/api/types'
import { FieldInput } from '@/records/fields/FieldInput'
import { FieldValue } from '@/records/fields/FieldValue'
import { label } from '@/texts'
import type { QuoteDraft } from './useQuoteDraft'

const wide = ['title', 'name', 'terms', 'note']

/** All that a quote says besides its lines. */
export function QuoteFields({ quote, draft, problems, readOnly }: { quote: Rec; draft: QuoteDraft; problems: FieldError[]; readOnly: boolean }) {
  const customer = draft.values.customer
  return (
    <div className="quote-fields">
      {draft.fields.map(field => {
        const wrong = problems.filter(problem => problem.field === field.key)
        const id = `quote-${field.key}`
        return (
          <div key={field.key} className={wide.includes(field.key) ? 'quote-field quote-wide' : 'quote-field'}>
            <label htmlFor={id}>{label(field.label)}</label>
            {readOnly ? <div><FieldValue field={field} value={quote[field.key]} record={quote} active /></div> : (
              <FieldInput
                id={id}
                field={field}
                value={draft.values[field.key]}
                known={field.type === 'reference' ? (quote[field.key] as Ref | null) : undefined}
                filter={field.references === 'contact' && customer ? { field: 'customer', op: 'eq', value: customer } : undefined}
                onChange={value => draft.set(field.key, value)}
              />
            )}
            {wrong.map(problem => <div key={problem.message} className="lines-error" role="alert">{problem.message}</div>)}
          </div>
        )
      })}
    </div>
  )
}
