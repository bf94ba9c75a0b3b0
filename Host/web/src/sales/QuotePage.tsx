import { useParams } from 'react-router'
import { useCatalogue } from '@/app/me'
import { NotFound } from '@/app/shell/NotFound'
import { useRecord } from '@/records/DetailPage'
import { Failure } from '@/ui/Failure'
import { PageSkeleton } from '@/ui/Skeletons'
import { QuoteEditor } from './quote/QuoteEditor'

export function QuotePage() {
  const { id } = useParams()
  const type = useCatalogue().byKey('quote')
  const quote = useRecord(type, id)
  if (!type?.can.read) return <NotFound />
  if (quote.data) return <QuoteEditor key={quote.data.id} type={type} quote={quote.data} />
  return quote.isError ? <Failure error={quote.error} again={() => void quote.refetch()} /> : <PageSkeleton />
}
