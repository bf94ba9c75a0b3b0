import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { api } from '@/api/client'
import { say } from '@/app/feedback'
import { showProblem } from '@/ui/forms'
import { t } from '@/texts'

type Values = { currentPassword: string; password: string; repeated: string }

export function PasswordForm({ done }: { done: () => void }) {
  const [form] = Form.useForm<Values>()
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ currentPassword, password }: Values) => api.patch('me', { currentPassword, password }),
    onSuccess: () => {
      say(t('app.saved'))
      done()
    },
    onError: error => showProblem(form, error),
  })
  const needed = [{ required: true, message: t('app.passwordNeeded') }]
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={values => save.mutate(values)}>
      <Form.Item name="currentPassword" label={t('app.currentPassword')} rules={needed}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="password" label={t('app.newPassword')} rules={needed}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t('app.repeatPassword')}
        dependencies={['password']}
        rules={[...needed, {
          validator: (_, value) =>
            !value || value === form.getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('app.passwordsDiffer'))),
        }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>{t('app.save')}</Button>
    </Form>
  )
}
