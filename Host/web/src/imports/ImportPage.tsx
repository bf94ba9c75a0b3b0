import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ask } from '@/app/feedback'
import { useCatalogue } from '@/app/me'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { Page } from '@/ui/Page'
import { PageSkeleton } from '@/ui/Skeletons'
import { number } from '@/ui/format'
import { ErrorRows } from './ErrorRows'
import { ImportProgress } from './ImportProgress'
import { ImportState } from './ImportState'
import { active, importQuery } from './imports'
import './imports.css'

/** One import: how far it is, what came of it, and the way back. */
export function ImportPage() {
  const { id = '' } = useParams()
  const client = useQueryClient()
  const { byKey } = useCatalogue()
  const job = useQuery(importQuery(id))
  const undo = useMutation({ mutationFn: () => api.post(`imports/${id}/undo`), onSuccess: () => client.invalidateQueries({ queryKey: keys.imports() }) })
  if (job.isError) return <Failure error={job.error} again={() => void job.refetch()} />
  if (!job.data) return <PageSkeleton />
  const { data } = job
  const type = byKey(data.type)
  const changed = data.created + data.updated
  const askUndo = async () => {
    const content = t('imports.undoText', { created: number(data.created), updated: number(data.updated) })
    if (await ask(t('imports.undoAsk'), { content, ok: t('imports.undo'), danger: true })) undo.mutate()
  }
  return (
    <Page
      title={data.file}
      note={<><ImportState state={data.state} /> {label(type?.label)}</>}
      actions={
        <>
          {data.state === 'draft' && <Link to={`/imports/new?id=${id}`}><Button type="primary">{t('imports.goOn')}</Button></Link>}
          {data.state === 'done' && changed > 0 && <Button danger loading={undo.isPending} onClick={() => void askUndo()}>{t('imports.undo')}</Button>}
          {type && changed > 0 && data.state === 'done' && <Link to={`/${type.plural}?view=all`}><Button type="primary">{t('imports.see', { type: label(type.label) })}</Button></Link>}
        </>
      }
    >
      <Link to="/imports" className="import-back">{t('imports.allImports')}</Link>
      <ImportProgress job={data} trial={data.state === 'draft'} />
      {!active(data.state) && <ErrorRows job={data} />}
    </Page>
  )
}
