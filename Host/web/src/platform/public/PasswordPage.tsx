import { useMutation } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Me } from '@/api/types'
import { Mark } from '@/app/shell/Brand'
import { t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { Door } from './Door'
import { secretOfLink, useEnter } from './enter'
import { NewPassword } from './NewPassword'

/** Answers an invitation or a forgotten password. */
export function PasswordPage() {
  const enter = useEnter()
  const [token] = useState(secretOfLink)
  const [form] = Form.useForm<{ password: string }>()
  const set = useMutation({
    mutationFn: ({ password }: { password: string }) => api.post<Me>('auth/password', { token, password }, { anonymous: true }),
    meta: { quiet: true },
    onError: error => showProblem(form, error),
    onSuccess: enter,
  })
  return (
    <Door title={t('platform.setPassword')} text={t('platform.setPasswordText')} mark={<Mark size={40} />}>
      <Form form={form} layout="vertical" size="large" onFinish={values => set.mutate(values)}>
        <NewPassword />
        <Button type="primary" htmlType="submit" block loading={set.isPending}>{t('platform.setAndEnter')}</Button>
      </Form>
    </Door>
  )
}
