import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, InputNumber, Modal, Segmented } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { say } from '@/app/feedback'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'
import { showProblem } from '@/ui/forms'
import type { SopDetail } from '../sops/sops'
import { periods, type Per, type Quota, type QuotaBody } from './quotas'

type Values = { range: 'sop' | 'all'; unit?: string | null; per: Per; most: number }

/** A quota of this SOP, or of all SOPs for a unit's records. */
export function QuotaDialog({ sop, quota, close }: { sop: SopDetail; quota: Quota | null; close: () => void }) {
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const range = Form.useWatch('range', form)
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ range, unit, per, most }: Values) => {
      const body: QuotaBody = { sop: range === 'sop' ? sop.key : null, unit: unit ?? null, per, most }
      return quota ? api.put(`quotas/${quota.id}`, body) : api.post('quotas', body)
    },
    onError: error => showProblem(form, error),
    onSuccess: () => {
      say(t('app.saved'))
      close()
      return client.invalidateQueries({ queryKey: keys.quotas() })
    },
  })
  return (
    <Modal open title={t(quota ? 'watch.changeQuota' : 'watch.add')} okText={t('app.save')} confirmLoading={save.isPending} onOk={() => form.submit()} onCancel={close}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ range: quota && !quota.sop ? 'all' : 'sop', unit: quota?.unit?.id, per: quota?.per ?? 'hour', most: quota?.most ?? 100 }}
        onFinish={values => save.mutate(values)}
      >
        <Form.Item name="range" label={t('watch.range')}>
          <Segmented options={[{ value: 'sop', label: label(sop.name) || t('watch.thisSop') }, { value: 'all', label: t('watch.allSops') }]} />
        </Form.Item>
        <Form.Item name="unit" label={t('watch.unit')} extra={t('watch.unitBelow')} rules={[{ required: range === 'all', message: t('records.required') }]}>
          <ReferenceSelect field={{ references: 'unit', label: t('watch.unit') }} known={quota?.unit} placeholder={t('watch.whole')} />
        </Form.Item>
        <div className="quota-fields">
          <Form.Item name="most" label={t('watch.most')} rules={[{ required: true, message: t('records.required') }]}>
            <InputNumber min={1} max={1_000_000} precision={0} />
          </Form.Item>
          <Form.Item name="per" label={t('watch.per')}>
            <Segmented options={periods.map(one => ({ value: one, label: t(`watch.per_${one}`) }))} />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  )
}
