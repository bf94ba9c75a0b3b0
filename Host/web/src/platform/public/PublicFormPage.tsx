import { CheckCircleFilled } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { api } from '@/api/client'
import { isProblem } from '@/api/problem'
import type { Field } from '@/api/types'
import { FieldInput } from '@/records/fields/FieldInput'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { LinesSkeleton } from '@/ui/Skeletons'
import { showProblem } from '@/ui/forms'
import { Door } from './Door'

type WebForm = { key: string; title: string; intro: string | null; fields: Field[] }
type Values = Record<string, unknown>

/** A form for visitors: no sign-in, no menu. */
export function PublicFormPage() {
  const { key = '' } = useParams()
  const [thanks, setThanks] = useState<string | null>(null)
  const [form] = Form.useForm<Values>()
  const [website, setWebsite] = useState('')
  const query = useQuery({ queryKey: ['form', key], queryFn: () => api.get<WebForm>(`forms/${key}`, undefined, { anonymous: true }), retry: false })
  const send = useMutation({
    mutationFn: (values: Values) => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))
      return api.post<{ thanks: string | null }>(`forms/${key}`, { ...filled, website }, { anonymous: true })
    },
    meta: { quiet: true },
    onError: error => showProblem(form, error),
    onSuccess: answer => setThanks(answer.thanks ?? ''),
  })
  if (query.isPending) return <Door><LinesSkeleton lines={6} /></Door>
  if (query.isError) {
    const gone = isProblem(query.error) && query.error.status === 404
    return <Door><Blank title={t('platform.formGone')} text={t(gone ? 'platform.formGoneText' : 'app.offline')} /></Door>
  }
  if (thanks !== null) {
    const again = () => {
      form.resetFields()
      setThanks(null)
    }
    return (
      <Door>
        <Blank icon={<CheckCircleFilled className="public-ok" />} title={t('platform.sent')} text={thanks || t('platform.sentText')}><Button onClick={again}>{t('platform.sendAnother')}</Button></Blank>
      </Door>
    )
  }
  return (
    <Door title={query.data.title} text={query.data.intro}>
      <Form form={form} layout="vertical" size="large" onFinish={values => send.mutate(values)} scrollToFirstError={{ block: 'center', focus: true }}>
        {query.data.fields.map(field => (
          <Form.Item key={field.key} name={field.key} label={label(field.label)} rules={field.required ? [{ required: true, message: t('platform.fieldNeeded', { name: label(field.label) }) }] : undefined}>
            <FieldInput field={field} />
          </Form.Item>
        ))}
        {/* people never see this; robots fill it in */}
        <input className="public-trap" type="text" name="website" tabIndex={-1} autoComplete="off" aria-hidden="true" value={website} onChange={e => setWebsite(e.target.value)} />
        <Button type="primary" htmlType="submit" block loading={send.isPending}>{t('platform.send')}</Button>
      </Form>
    </Door>
  )
}
