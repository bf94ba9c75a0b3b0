import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { api } from '@/api/client'
import { say } from '@/app/feedback'
import { useCan, useMe } from '@/app/me'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t } from '@/texts'
import { DateRangeInput } from '@/ui/dates'
import { showProblem } from '@/ui/forms'
import { absencesKey } from './absences'

type Values = { user?: string; days: [Dayjs, Dayjs]; substitute?: string | null; note?: string }
const person = { references: 'user', label: { zh: '用户', en: 'Person' } }

/** Declares an absence, for oneself or for somebody else where that is allowed. */
export function AbsenceDialog({ close }: { close: () => void }) {
  const me = useMe()
  const can = useCan()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const save = useMutation({
    mutationFn: ({ user, days, substitute, note }: Values) =>
      api.post('absences', { user: user ?? me.id, from: days[0].toISOString(), to: days[1].toISOString(), substitute: substitute ?? null, note: note || null }),
    meta: { quiet: true },
    onError: error => showProblem(form, error, field => (field === 'from' || field === 'to' ? 'days' : field)),
    onSuccess: async () => {
      say(t('app.saved'))
      await client.invalidateQueries({ queryKey: absencesKey })
      close()
    },
  })
  return (
    <Modal open title={t('platform.newAbsence')} onCancel={close} onOk={form.submit} okText={t('app.save')} cancelText={t('app.cancel')} confirmLoading={save.isPending}>
      <Form form={form} layout="vertical" initialValues={{ user: me.id }} onFinish={values => save.mutate(values)}>
        {can('absence.manage') && <Form.Item name="user" label={t('platform.whoIsAway')}><ReferenceSelect field={{ ...person, label: t('platform.whoIsAway') }} known={{ id: me.id, name: me.name }} /></Form.Item>}
        <Form.Item name="days" label={t('platform.fromTo')} rules={[{ required: true, message: t('platform.fromToNeeded') }]}>
          <DateRangeInput showTime={{ format: 'HH:mm', defaultValue: [dayjs().hour(9).minute(0), dayjs().hour(18).minute(0)] }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="substitute" label={t('platform.substitute')} extra={t('platform.substituteHelp')}><ReferenceSelect field={{ ...person, label: t('platform.substitute') }} /></Form.Item>
        <Form.Item name="note" label={t('platform.absenceNote')}><Input maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  )
}
