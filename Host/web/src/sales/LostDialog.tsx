import { Form, Input, Modal, Radio } from 'antd'
import type { RecordType } from '@/api/types'
import { label, t } from '@/texts'

export type Lost = { lostReason: string; lostNote?: string }

/** Nothing is lost without a reason. */
export default function LostDialog({ type, name, done, close }: { type: RecordType; name: string; done: (lost: Lost) => void; close: () => void }) {
  const [form] = Form.useForm<Lost>()
  // imports leave the reason open; whoever decides now does not
  const reasons = (type.fields.find(field => field.key === 'lostReason')?.options ?? []).filter(reason => reason.key !== 'unrecorded')
  return (
    <Modal open title={t('sales.lostTitle', { name })} okText={t('sales.lostOk')} okButtonProps={{ danger: true }} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={done}>
        <Form.Item name="lostReason" label={t('sales.lostReason')} rules={[{ required: true, message: t('sales.lostNeeded') }]}>
          <Radio.Group vertical options={reasons.map(reason => ({ value: reason.key, label: label(reason.label) }))} />
        </Form.Item>
        <Form.Item name="lostNote" label={t('sales.lostNote')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
