import { CheckCircleFilled } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { isProblem } from '@/api/problem'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { LinesSkeleton } from '@/ui/Skeletons'
import { Door } from './Door'
import { formQuery } from './form'
import { VisitorForm } from './VisitorForm'

/** A form for visitors: no sign-in, no menu. */
export function PublicFormPage() {
  const { key = '' } = useParams()
  const [thanks, setThanks] = useState<string | null>(null)
  const form = useQuery(formQuery(key))
  if (form.isPending) return <Door><LinesSkeleton lines={6} /></Door>
  if (form.isError) {
    const gone = isProblem(form.error) && form.error.status === 404
    return <Door><Blank title={t('platform.formGone')} text={t(gone ? 'platform.formGoneText' : 'app.offline')} /></Door>
  }
  if (thanks !== null)
    return (
      <Door>
        <Blank icon={<CheckCircleFilled className="public-ok" />} title={t('platform.sent')} text={thanks || t('platform.sentText')}>
          <Button onClick={() => setThanks(null)}>{t('platform.sendAnother')}</Button>
        </Blank>
      </Door>
    )
  return <Door title={form.data.title} text={form.data.intro}><VisitorForm of={form.data} sent={setThanks} /></Door>
}
