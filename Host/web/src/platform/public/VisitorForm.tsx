import { useMutation } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Field } from '@/api/types'
import { FieldInput } from '@/records/fields/FieldInput'
import { label, t } from '@/texts'
import { showProblem } from '@/ui/forms'

export type WebForm = { key: string; title: string; intro: string | null; fields: Field[] }
type Values = Record<string, unknown>

/** The fields of a web form as visitors meet them; a preview shows them and sends nothing. */
export function VisitorForm({ of, sent }: { of: WebForm; sent?: (thanks: string) => void }) {
  const [form] = Form.useForm<Values>()
  const [website, setWebsite] = useState('')
  const send = useMutation({
    mutationFn: (values: Values) => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))
      return api.post<{ thanks: string | null }>(`forms/${of.key}`, { ...filled, website }, { anonymous: true })
    },
    meta: { quiet: true },
    onError: error => showProblem(form, error),
    onSuccess: answer => sent?.(answer.thanks ?? ''),
  })
  return (
    <Form form={form} layout="vertical" size="large" onFinish={values => send.mutate(values)} scrollToFirstError={{ block: 'center', focus: true }}>
      {of.fields.map(field => (
        <Form.Item key={field.key} name={field.key} label={label(field.label)} rules={field.required ? [{ required: true, message: t('platform.fieldNeeded', { name: label(field.label) }) }] : undefined}>
          <FieldInput field={field} />
        </Form.Item>
      ))}
      {/* people never see this; robots fill it in */}
      <input className="public-trap" type="text" name="website" tabIndex={-1} autoComplete="off" aria-hidden="true" value={website} onChange={e => setWebsite(e.target.value)} />
      {sent && <Button type="primary" htmlType="submit" block loading={send.isPending}>{t('platform.send')}</Button>}
    </Form>
  )
}
