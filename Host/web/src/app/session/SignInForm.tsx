import { Button, Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Me } from '@/api/types'
import { explain } from '@/app/feedback'
import { t } from '@/texts'

type Values = { email: string; password: string; remember: boolean }

/** Used by the sign-in page, and by the dialog that appears when a sign-in has expired. */
export function SignInForm({ email, done }: { email?: string; done: (me: Me) => void }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const submit = async (values: Values) => {
    setBusy(true)
    setProblem(null)
    try {
      done(await api.post<Me>('auth/sign-in', values, { anonymous: true }))
    } catch (error) {
      setProblem(explain(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Values> layout="vertical" requiredMark={false} size="large" initialValues={{ email, remember: true }} onFinish={submit}>
      <Form.Item name="email" label={t('app.email')} rules={[{ required: true, message: t('app.emailNeeded') }]}>
        <Input type="email" autoComplete="username" autoFocus={!email} disabled={!!email} />
      </Form.Item>
      <Form.Item name="password" label={t('app.password')} rules={[{ required: true, message: t('app.passwordNeeded') }]}>
        <Input.Password autoComplete="current-password" autoFocus={!!email} />
      </Form.Item>
      <div className="sign-in-line">
        <Form.Item name="remember" valuePropName="checked" noStyle>
          <Checkbox>{t('app.remember')}</Checkbox>
        </Form.Item>
        {!email && <a href="/forgot">{t('app.forgot')}</a>}
      </div>
      {problem && <div className="form-problem" role="alert">{problem}</div>}
      <Button type="primary" htmlType="submit" block loading={busy}>{t('app.signIn')}</Button>
    </Form>
  )
}
