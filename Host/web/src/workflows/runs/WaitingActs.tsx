import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { say } from '@/app/feedback'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t } from '@/texts'
import { showProblem } from '@/ui/forms'
import type { Waiting } from './runs'

type Props = { run: string; waiting: Waiting; seat?: number }

/** Urges whom a run waits for, or gives it to somebody else. */
export function WaitingActs({ run, waiting, seat }: Props) {
  const [open, setOpen] = useState(false)
  const client = useQueryClient()
  const body = { step: waiting.step, visit: waiting.visit, seat }
  const urge = useMutation({
    mutationFn: () => api.post(`runs/${run}/urge`, body),
    onSuccess: () => {
      say(t('watch.urged'))
      return client.invalidateQueries({ queryKey: keys.runs() })
    },
  })
  return (
    <span className="waiting-acts">
      {waiting.can?.urge && <Button size="small" loading={urge.isPending} onClick={() => urge.mutate()}>{t('watch.urge')}</Button>}
      {waiting.can?.reassign && <Button size="small" onClick={() => setOpen(true)}>{t('watch.reassign')}</Button>}
      {open && <ReassignDialog run={run} body={body} note={waiting.task !== undefined && waiting.task !== null} close={() => setOpen(false)} />}
    </span>
  )
}

type Values = { to: string; note?: string }

function ReassignDialog({ run, body, note, close }: { run: string; body: object; note: boolean; close: () => void }) {
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (values: Values) => api.post(`runs/${run}/reassign`, { ...body, ...values }),
    onError: error => showProblem(form, error),
    onSuccess: () => {
      say(t('watch.reassigned'))
      close()
      return client.invalidateQueries({ queryKey: keys.runs() })
    },
  })
  return (
    <Modal open title={t('watch.reassignTitle')} okText={t('watch.reassign')} confirmLoading={save.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={values => save.mutate(values)}>
        <Form.Item name="to" label={t('work.toWhom')} rules={[{ required: true, message: t('work.personNeeded') }]}>
          <ReferenceSelect field={{ references: 'user', label: t('work.toWhom') }} />
        </Form.Item>
        {note && <Form.Item name="note" label={t('work.note')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} /></Form.Item>}
      </Form>
    </Modal>
  )
}
