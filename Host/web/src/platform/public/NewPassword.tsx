import { Form, Input } from 'antd'
import { t } from '@/texts'

/** A new password, typed twice. */
export const NewPassword = () => (
  <>
    <Form.Item name="password" label={t('app.newPassword')} rules={[{ required: true, message: t('app.passwordNeeded') }]}>
      <Input.Password autoComplete="new-password" maxLength={200} />
    </Form.Item>
    <Form.Item
      name="again"
      label={t('app.repeatPassword')}
      dependencies={['password']}
      rules={[
        { required: true, message: t('app.passwordNeeded') },
        ({ getFieldValue }) => ({ validator: (_, value) => (!value || getFieldValue('password') === value ? Promise.resolve() : Promise.reject(new Error(t('app.passwordsDiffer')))) }),
      ]}
    >
      <Input.Password autoComplete="new-password" maxLength={200} />
    </Form.Item>
  </>
)
