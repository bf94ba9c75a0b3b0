import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec, RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { NotFound } from '@/app/shell/NotFound'
import { Failure } from '@/ui/Failure'
import { PageSkeleton } from '@/ui/Skeletons'
import { RecordDetail } from './detail/RecordDetail'

export const useRecord = (type: RecordType | undefined, id: string | undefined) =>
  useQuery({
    queryKey: keys.record(type?.key ?? '', id ?? ''),
    queryFn: () => api.get<Rec>(`${type!.plural}/${id}`),
    enabled: type !== undefined && id !== undefined,
  })

export function DetailPage() {
  const { plural, id } = useParams()
  const type = useCatalogue().byPlural(plural)
  const record = useRecord(type, id)
  if (!type?.can.read) return <NotFound />
  if (record.data) return <RecordDetail key={record.data.id} type={type} record={record.data} />
  return record.isError ? <Failure error={record.error} again={() => void record.refetch()} /> : <PageSkeleton />
}
