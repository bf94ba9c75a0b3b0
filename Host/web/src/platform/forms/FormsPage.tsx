import { CopyOutlined, EditOutlined, EyeOutlined, FormOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Tooltip } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { Rec } from '@/api/types'
import { say } from '@/app/feedback'
import { may, useCatalogue } from '@/app/me'
import { useWide } from '@/app/useWide'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LinesSkeleton, RowsSkeleton } from '@/ui/Skeletons'
import { AdminSection } from '../AdminSection'
import { formQuery } from '../public/form'
import '../public/public.css'
import { VisitorForm } from '../public/VisitorForm'
import { allQuery } from '../users/users'

const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))
type WebForm = Rec & { slug: string; title: string; active: boolean }

const address = (form: WebForm) => `${location.origin}/f/${form.slug}`

/** Public forms: what they ask, where they are, how they look. */
export function FormsPage() {
  const wide = useWide()
  const type = useCatalogue().byKey('form')
  const list = useQuery({ ...allQuery<WebForm>('form', type?.plural ?? '', 'title'), enabled: type !== undefined })
  const [editing, setEditing] = useState<WebForm | 'new' | null>(null)
  const [shown, show] = useState<WebForm | null>(null)
  const copy = async (form: WebForm) => {
    await navigator.clipboard.writeText(address(form))
    say(t('platform.copied'))
  }
  const forms = list.data ?? []
  const add = may(type, 'create') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>{t('platform.newForm')}</Button>
  return (
    <AdminSection title={t('platform.forms')} actions={forms.length > 0 && add}>
      {list.isPending ? <RowsSkeleton rows={3} /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : forms.length === 0 ? (
        <Blank icon={<FormOutlined />} title={t('platform.noForms')} text={t('platform.noFormsText')}>{add}</Blank>
      ) : (
        <ul className="plain panel admin-list">
          {forms.map(form => (
            <li key={form.id} className="admin-row">
              <div className="grow">
                <button type="button" className="link admin-name" onClick={() => show(form)}>{form.title}</button>
                <div className="muted small ellipsis">{address(form)}</div>
              </div>
              <span className={form.active ? 'chip chip-green' : 'chip chip-none'}>{t(form.active ? 'platform.formOn' : 'platform.formOff')}</span>
              <span className="admin-acts">
                <Tooltip title={t('platform.copyLink')}><Button type="text" icon={<CopyOutlined />} aria-label={t('platform.copyLink')} onClick={() => void copy(form)} /></Tooltip>
                <Tooltip title={t('platform.preview')}><Button type="text" icon={<EyeOutlined />} aria-label={t('platform.preview')} disabled={!form.active} onClick={() => show(form)} /></Tooltip>
                {form.can?.update !== false && <Button type="text" icon={<EditOutlined />} aria-label={`${t('app.edit')} ${form.title}`} onClick={() => setEditing(form)} />}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Suspense>{editing && type && <RecordDrawer type={type} record={editing === 'new' ? undefined : editing} close={() => setEditing(null)} />}</Suspense>
      <Drawer
        open={shown !== null}
        onClose={() => show(null)}
        title={shown?.title}
        size={wide ? 460 : '100%'}
        extra={shown && <a href={address(shown)} target="_blank" rel="noreferrer">{t('platform.openForm')}</a>}
      >
        {shown && (shown.active ? <Preview slug={shown.slug} /> : <Blank title={t('platform.formOff')} text={t('platform.formOffText')} />)}
      </Drawer>
    </AdminSection>
  )
}

function Preview({ slug }: { slug: string }) {
  const form = useQuery(formQuery(slug))
  if (form.isError) return <Failure error={form.error} again={() => void form.refetch()} />
  if (!form.data) return <LinesSkeleton lines={6} />
  return <>{form.data.intro && <p className="muted long-text">{form.data.intro}</p>}<VisitorForm of={form.data} /></>
}
