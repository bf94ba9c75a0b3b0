import { Form, Input, Modal, Radio } from 'antd'
import type { Rec } from '@/api/types'
import { say } from '@/app/feedback'
import type { PlugProps } from '@/records/plugs'
import { label, t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { useLeadAct } from './useLeadAct'

type Values = { reason: string; note?: string }

export default function InvalidDialog({ type, record, close }: PlugProps & { close: () => void }) {
  const [form] = Form.useForm<Values>()
  const invalidate = useLeadAct<Values, Rec>(record, 'invalid')
  const reasons = type.fields.find(field => field.key === 'invalidReason')?.options ?? []
  const submit = (values: Values) =>
    invalidate.mutate(values, {
      onSuccess: () => {
        say(t('leads.invalidated'))
        close()
      },
      onError: error => showProblem(form, error),
    })
  return (
    <Modal
      open
      title={t('leads.invalid')}
      okText={t('leads.invalid')}
      okButtonProps={{ danger: true }}
      confirmLoading={invalidate.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="reason" label={t('leads.reason')} rules={[{ required: true, message: t('leads.reasonNeeded') }]}>
          {reasons.length > 0
            ? <Radio.Group vertical options={reasons.map(reason => ({ value: reason.key, label: label(reason.label) }))} />
            : <Input maxLength={200} />}
        </Form.Item>
        <Form.Item name="note" label={t('leads.note')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
