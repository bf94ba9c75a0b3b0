import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useRef } from 'react'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import { say } from '@/app/feedback'
import { useMe } from '@/app/me'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t } from '@/texts'
import { DateInput } from '@/ui/dates'
import { showProblem } from '@/ui/forms'
import type { About } from '../types'

type Values = { title: string; dueAt: Dayjs | null; assignee: string }

/** A task one gives oneself or a colleague, about a record or not. */
export default function NewTask({ about, close }: { about?: About; close: () => void }) {
  const me = useMe()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const key = useRef(newKey())
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ title, dueAt, assignee }: Values) =>
      api.post('tasks', { title, assignee, dueAt: dueAt?.toISOString(), recordType: about?.type, recordId: about?.id }, { idempotencyKey: key.current }),
    onSuccess: () => {
      say(t('work.taskMade'))
      for (const queryKey of [keys.tasks(), keys.numbers]) void client.invalidateQueries({ queryKey })
      close()
    },
    onError: error => showProblem(form, error),
  })
  return (
    <Modal open title={about ? t('work.newTaskFor', { name: about.name }) : t('work.newTask')} okText={t('app.save')} confirmLoading={save.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ assignee: me.id, dueAt: dayjs().add(1, 'day').hour(9).startOf('hour') }}
        onFinish={values => save.mutate(values)}
      >
        <Form.Item name="title" label={t('work.taskTitle')} rules={[{ required: true, whitespace: true, message: t('work.titleNeeded') }]}>
          <Input autoFocus maxLength={200} onPressEnter={() => form.submit()} />
        </Form.Item>
        <Form.Item name="dueAt" label={t('work.due')}>
          <DateInput showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="assignee" label={t('work.forWhom')} rules={[{ required: true, message: t('work.personNeeded') }]}>
          <ReferenceSelect field={{ references: 'user', label: t('work.forWhom') }} known={me} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
