import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Me } from '@/api/types'
import { Mark } from '@/app/shell/Brand'
import { locale, t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { Door } from './Door'
import { secretOfLink, useEnter } from './enter'
import { NewPassword } from './NewPassword'

type Values = { company: string; name: string; email: string; password: string }

/** Makes the company and its first administrator, from the link that the server printed. */
export function SetUpPage() {
  const enter = useEnter()
  const [token] = useState(secretOfLink)
  const [form] = Form.useForm<Values>()
  const setUp = useMutation({
    mutationFn: ({ company, name, email, password }: Values) => api.post<Me>('setup', { token, company, name, email, password, locale: locale() }, { anonymous: true }),
    meta: { quiet: true },
    onError: error => showProblem(form, error),
    onSuccess: enter,
  })
  const needed = [{ required: true, whitespace: true, message: t('app.nameNeeded') }]
  return (
    <Door title={t('platform.setUp')} text={t('platform.setUpText')} mark={<Mark size={40} />}>
      <Form form={form} layout="vertical" size="large" onFinish={values => setUp.mutate(values)}>
        <Form.Item name="company" label={t('platform.company')} rules={needed}><Input maxLength={200} autoFocus /></Form.Item>
        <Form.Item name="name" label={t('platform.yourName')} rules={needed}><Input maxLength={100} autoComplete="name" /></Form.Item>
        <Form.Item name="email" label={t('app.email')} rules={[{ required: true, message: t('app.emailNeeded') }]}><Input type="email" maxLength={200} autoComplete="email" /></Form.Item>
        <NewPassword />
        <Button type="primary" htmlType="submit" block loading={setUp.isPending}>{t('platform.setAndEnter')}</Button>
      </Form>
    </Door>
  )
}
