import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { RecordType } from '@/api/types'
import { say } from '@/app/feedback'
import { useCatalogue } from '@/app/me'
import { NotFound } from '@/app/shell/NotFound'
import { nameOf } from '@/records/nameOf'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { dateTime } from '@/ui/format'
import { LoadMore } from '@/ui/LoadMore'
import { Page } from '@/ui/Page'
import { RowsSkeleton } from '@/ui/Skeletons'
import { useRecordList } from './list/useRecordList'

export function BinPage() {
  const { plural } = useParams()
  const type = useCatalogue().byPlural(plural)
  return type?.can.delete ? <Bin key={type.key} type={type} /> : <NotFound />
}

/** Deleted records, to bring back. */
function Bin({ type }: { type: RecordType }) {
  const client = useQueryClient()
  const list = useRecordList(type, { deleted: true })
  const restore = useMutation({
    mutationFn: (id: string) => api.post(`${type.plural}/${id}/restore`),
    onSuccess: () => {
      say(t('records.restored'))
      void client.invalidateQueries({ queryKey: keys.type(type.key) })
    },
  })
  const records = list.data?.pages.flatMap(page => page.items) ?? []
  return (
    <Page title={t('records.binOf', { type: label(type.label) })} actions={<Link to={`/${type.plural}`}><Button>{t('records.backToList')}</Button></Link>}>
      {list.isPending ? <RowsSkeleton /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : records.length === 0 ? (
        <Blank icon={<DeleteOutlined />} title={t('records.binEmpty')} text={t('records.binEmptyText')} />
      ) : (
        <div className="panel panel-pad">
          {records.map(record => (
            <div key={record.id} className="row-line">
              <div className="grow">
                <div className="ellipsis">{nameOf(type, record)}</div>
                <div className="muted small">{[record.number, record.deletedAt && t('records.deletedAt', { at: dateTime(record.deletedAt) })].filter(Boolean).join(' · ')}</div>
              </div>
              <Button loading={restore.isPending && restore.variables === record.id} onClick={() => restore.mutate(record.id)}>{t('records.restore')}</Button>
            </div>
          ))}
          <LoadMore of={list} />
        </div>
      )}
    </Page>
  )
}
