import { CopyOutlined, EditOutlined } from '@ant-design/icons'
import { Breadcrumb, Button } from 'antd'
import { Link } from 'react-router'
import type { FieldError } from '@/api/problem'
import type { Rec, RecordType, Ref } from '@/api/types'
import { ask } from '@/app/feedback'
import { may } from '@/app/me'
import { OptionChip } from '@/records/fields/FieldValue'
import { nameOf } from '@/records/nameOf'
import { t } from '@/texts'
import { Person } from '@/ui/Person'
import { typeName } from '@/ui/typeName'
import StartButtons from '@/workflows/start/StartButtons'
import { PendingApproval } from './PendingApproval'
import { reopenableStates } from './quoteStates'
import { useQuoteActs } from './useQuoteActs'
import type { Price } from './usePrice'
import type { QuoteDraft } from './useQuoteDraft'

type Props = {
  type: RecordType
  quote: Rec
  draft: QuoteDraft
  needs: Price['authority']['needs'] | undefined
  readOnly: boolean
  reopen: () => void
  saved: () => void
  refused: (problems: FieldError[]) => void
}

export function QuoteHead({ type, quote, draft, needs, readOnly, reopen, saved, refused }: Props) {
  const acts = useQuoteActs(type, quote, draft, { saved, refused })
  const status = type.fields.find(field => field.key === 'status')
  const changeable = quote.can?.update === true && !quote.deletedAt
  const state = String(quote.status)
  const askReopen = async () => {
    if (await ask(t('sales.reopenAsk'), { content: t('sales.reopenText'), ok: t('app.edit') })) reopen()
  }
  const customer = quote.customer as Ref | null
  const opportunity = quote.opportunity as Ref | null
  return (
    <header className="detail-head">
      <div className="grow">
        <Breadcrumb items={[{ title: <Link to="/quotes">{typeName(type)}</Link> }, { title: quote.number }]} />
        <div className="detail-name">
          <h1>{nameOf(type, quote)}</h1>
          {status && quote.status != null && <OptionChip field={status} value={state} />}
        </div>
        <div className="detail-meta muted">
          {quote.owner && <Person of={quote.owner} />}
          {customer && <Link to={`/customers/${customer.id}`}>{customer.name}</Link>}
          {opportunity && <Link to={`/opportunities/${opportunity.id}`}>{opportunity.name}</Link>}
        </div>
      </div>
      <div className="page-actions">
        {draft.touched && <Button onClick={() => draft.reset()}>{t('sales.undo')}</Button>}
        {!readOnly && <Button type={draft.touched ? 'primary' : 'default'} disabled={!draft.touched} loading={acts.saving} onClick={() => void acts.save()}>{t('app.save')}</Button>}
        {!draft.touched && !quote.deletedAt && <StartButtons type={type} record={quote} />}
        {!draft.touched && changeable && ['draft', 'rejected'].includes(state) && (
          <Button type="primary" loading={acts.busy === 'submit'} onClick={() => void acts.step('submit')}>
            {needs && needs !== 'none' ? t('sales.submitForApproval') : t('sales.submit')}
          </Button>
        )}
        {state === 'pending' && <PendingApproval quote={quote} />}
        {changeable && state === 'approved' && <Button type="primary" loading={acts.busy === 'send'} onClick={() => void acts.step('send')}>{t('sales.send')}</Button>}
        {changeable && state === 'sent' && <Button type="primary" loading={acts.busy === 'accept'} onClick={() => void acts.step('accept')}>{t('sales.accept')}</Button>}
        {changeable && state === 'sent' && <Button loading={acts.busy === 'decline'} onClick={() => void acts.step('decline')}>{t('sales.decline')}</Button>}
        {changeable && readOnly && reopenableStates.includes(state) && <Button icon={<EditOutlined />} onClick={() => void askReopen()}>{t('app.edit')}</Button>}
        {may(type, 'create') && <Button icon={<CopyOutlined />} loading={acts.busy === 'copy'} onClick={() => void acts.copy()}>{t('sales.copy')}</Button>}
      </div>
    </header>
  )
}
