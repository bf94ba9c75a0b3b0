import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, InputNumber, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec } from '@/api/types'
import { say } from '@/app/feedback'
import { grouped, plain } from '@/records/fields/FieldInput'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import type { PlugProps } from '@/records/plugs'
import { t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { useLeadAct } from './useLeadAct'

type Values = { customerName?: string; existingCustomer?: string; opportunityName?: string; amount?: number }
type Made = { customer: string; contact: string; opportunity: string }

/** Makes customer, contact and opportunity of a lead at once; warns when the customer may be there already. */
export default function ConvertDialog({ record, close }: PlugProps & { close: () => void }) {
  const [form] = Form.useForm<Values>()
  const client = useQueryClient()
  const navigate = useNavigate()
  const convert = useLeadAct<Values, Made>(record, 'convert')
  const company = String(record.company ?? record.name ?? '')
  const [existing, setExisting] = useState(false)

  const likeParams = { q: company.slice(0, 100), limit: 3 }
  const like = useQuery({
    queryKey: keys.list('customer', likeParams),
    queryFn: () => api.get<Page<Rec>>('customers', likeParams),
    enabled: company !== '',
  })
  const found = like.data?.items ?? []

  const submit = (values: Values) =>
    convert.mutate(existing ? { ...values, customerName: undefined } : { ...values, existingCustomer: undefined }, {
      onSuccess: made => {
        say(t('leads.converted'))
        for (const type of ['customer', 'contact', 'opportunity']) void client.invalidateQueries({ queryKey: keys.type(type) })
        void navigate(`/opportunities/${made.opportunity}`)
      },
      onError: error => showProblem(form, error),
    })
  const take = (customer: Rec) => {
    setExisting(true)
    form.setFieldValue('existingCustomer', customer.id)
  }
  return (
    <Modal open title={t('leads.convertTitle', { name: String(record.name) })} okText={t('leads.convert')} confirmLoading={convert.isPending} onOk={() => form.submit()} onCancel={close}>
      <p className="muted">{t('leads.convertText')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ customerName: company, opportunityName: t('leads.opportunityOf', { name: company }), amount: record.budget }}
      >
        <Segmented
          block
          value={existing ? 'existing' : 'new'}
          onChange={next => setExisting(next === 'existing')}
          options={[{ value: 'new', label: t('leads.newCustomer') }, { value: 'existing', label: t('leads.existingCustomer') }]}
          style={{ marginBottom: 16 }}
        />
        {!existing && found.length > 0 && (
          <div className="form-note">
            {t('leads.maybeKnown')}
            {found.map(customer => (
              <div key={customer.id}><button type="button" className="link" onClick={() => take(customer)}>{String(customer.name)}</button></div>
            ))}
          </div>
        )}
        {existing ? (
          <Form.Item key="existing" name="existingCustomer" label={t('leads.customer')} rules={[{ required: true, message: t('leads.customerNeeded') }]}>
            <ReferenceSelect field={{ references: 'customer', label: t('leads.customer') }} />
          </Form.Item>
        ) : (
          <Form.Item key="new" name="customerName" label={t('leads.customerName')} rules={[{ required: true, whitespace: true, message: t('leads.customerNeeded') }]}>
            <Input maxLength={200} />
          </Form.Item>
        )}
        <Form.Item name="opportunityName" label={t('leads.opportunityName')} rules={[{ required: true, whitespace: true, message: t('leads.opportunityNeeded') }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="amount" label={t('leads.amount')}>
          <InputNumber<number> min={0} prefix="¥" formatter={grouped} parser={plain} style={{ width: '100%' }} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
