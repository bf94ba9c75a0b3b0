import { useParams } from 'react-router'
import { useCatalogue } from '@/app/me'
import { NotFound } from '@/app/shell/NotFound'
import { RecordList } from './list/RecordList'

export function ListPage() {
  const { plural } = useParams()
  const { byPlural } = useCatalogue()
  const type = byPlural(plural)
  return type?.can.read ? <RecordList key={type.key} type={type} /> : <NotFound />
}
