import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { say } from '@/app/feedback'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t } from '@/texts'
import { showProblem } from '@/ui/forms'
import type { Task } from '../types'

type Values = { assignee: string; note?: string }

export default function Reassign({ task, close, done }: { task: Task; close: () => void; done: () => void }) {
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (values: Values) => api.post(`tasks/${task.id}/reassign`, values),
    onSuccess: () => {
      say(t('work.reassigned'))
      void client.invalidateQueries({ queryKey: keys.tasks() })
      close()
      done()
    },
    onError: error => showProblem(form, error),
  })
  return (
    <Modal open title={t('work.reassign')} okText={t('work.reassign')} confirmLoading={save.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={values => save.mutate(values)}>
        <Form.Item name="assignee" label={t('work.toWhom')} rules={[{ required: true, message: t('work.personNeeded') }]}>
          <ReferenceSelect field={{ references: 'user', label: t('work.toWhom') }} />
        </Form.Item>
        <Form.Item name="note" label={t('work.note')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
