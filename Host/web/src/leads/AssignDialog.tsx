import { Form, Input, Modal } from 'antd'
import type { Rec } from '@/api/types'
import { say } from '@/app/feedback'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import type { PlugProps } from '@/records/plugs'
import { t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { useLeadAct } from './useLeadAct'

type Values = { owner: string; note?: string }

export default function AssignDialog({ type, record, close }: PlugProps & { close: () => void }) {
  const [form] = Form.useForm<Values>()
  const assign = useLeadAct<Values, Rec>(record, 'assign')
  const field = type.fields.find(f => f.key === 'owner')
  const submit = (values: Values) =>
    assign.mutate(values, {
      onSuccess: () => {
        say(t('leads.assigned'))
        close()
      },
      onError: error => showProblem(form, error),
    })
  return (
    <Modal open title={t('leads.assign')} okText={t('leads.assign')} confirmLoading={assign.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="owner" label={t('leads.newOwner')} rules={[{ required: true, message: t('leads.ownerNeeded') }]}>
          <ReferenceSelect field={field ?? { references: 'user', label: { zh: '', en: '' } }} />
        </Form.Item>
        <Form.Item name="note" label={t('leads.note')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
