import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { Link } from 'react-router'
import { api } from '@/api/client'
import { Mark } from '@/app/shell/Brand'
import { t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { Door } from './Door'

/** Asks for a link that sets a new password. The answer does not tell whether there is such an address. */
export function ForgotPage() {
  const [form] = Form.useForm<{ email: string }>()
  const askFor = useMutation({
    mutationFn: ({ email }: { email: string }) => api.post<{ mailOn: boolean }>('auth/forgot', { email }, { anonymous: true }),
    meta: { quiet: true },
    onError: error => showProblem(form, error),
  })
  return (
    <Door title={t('app.forgotTitle')} text={askFor.data ? undefined : t('app.forgotText')} mark={<Mark size={40} />}>
      {askFor.data ? <p role="status">{t(askFor.data.mailOn ? 'app.forgotSent' : 'app.forgotNoMail')}</p> : (
        <Form form={form} layout="vertical" size="large" requiredMark={false} onFinish={values => askFor.mutate(values)}>
          <Form.Item name="email" label={t('app.email')} rules={[{ required: true, message: t('app.emailNeeded') }]}>
            <Input type="email" autoComplete="username" autoFocus maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={askFor.isPending}>{t('app.forgotSend')}</Button>
        </Form>
      )}
      <p className="public-back"><Link to="/sign-in">{t('app.backToSignIn')}</Link></p>
    </Door>
  )
}
