import { CarOutlined, FileTextOutlined, MailOutlined, MessageOutlined, PhoneOutlined, TeamOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useRef, useState } from 'react'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec, RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { label, t } from '@/texts'
import { DateInput } from '@/ui/dates'
import { showProblem } from '@/ui/forms'

const icons: Record<string, React.ReactNode> = {
  call: <PhoneOutlined />, visit: <CarOutlined />, meeting: <TeamOutlined />, message: <MessageOutlined />, mail: <MailOutlined />, note: <FileTextOutlined />,
}
type Values = { content: string; happenedAt: Dayjs; result?: string }

/** Writes down a call, visit, mail or note on a record. */
export function LogActivity({ type, record }: { type: RecordType; record: Rec }) {
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const [kind, setKind] = useState<string | null>(null)
  const key = useRef(newKey())
  const fields = useCatalogue().byKey('activity')?.fields ?? []
  const kinds = fields.find(field => field.key === 'kind')?.options ?? []
  const results = fields.find(field => field.key === 'result')?.options ?? []
  const about = fields.find(field => field.type === 'reference' && field.references === type.key)

  const save = useMutation({
    meta: { quiet: true },
    mutationFn: ({ content, happenedAt, result }: Values) => {
      const subject = content.trim().split('\n')[0]!.slice(0, 100)
      const body = { kind, subject, content, result, happenedAt: happenedAt.toISOString(), [about!.key]: record.id }
      return api.post<Rec>('activities', body, { idempotencyKey: key.current })
    },
    onSuccess: () => {
      key.current = newKey()
      form.resetFields()
      setKind(null)
      void client.invalidateQueries({ queryKey: keys.type(type.key) })
      void client.invalidateQueries({ queryKey: keys.type('activity') })
    },
    onError: error => showProblem(form, error),
  })
  if (!about) return null
  return (
    <div className="log">
      <div className="log-kinds" role="group" aria-label={t('records.log')}>
        {kinds.map(option => (
          <Button
            key={option.key}
            type={kind === option.key ? 'primary' : 'default'}
            ghost={kind === option.key}
            icon={icons[option.key] ?? <FileTextOutlined />}
            aria-pressed={kind === option.key}
            onClick={() => setKind(kind === option.key ? null : option.key)}
          >
            {label(option.label)}
          </Button>
        ))}
      </div>
      {kind && (
        <Form form={form} onFinish={values => save.mutate(values)} initialValues={{ happenedAt: dayjs() }} className="log-form">
          <Form.Item name="content" rules={[{ required: true, whitespace: true, message: t('records.logNeeded') }]}>
            <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 10 }} maxLength={4000} placeholder={t('records.logHint')} aria-label={t('records.logHint')} />
          </Form.Item>
          <div className="log-foot">
            <Form.Item name="happenedAt" noStyle rules={[{ required: true }]}>
              <DateInput showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} aria-label={t('records.when')} />
            </Form.Item>
            {results.length > 0 && kind !== 'note' && (
              <Form.Item name="result" noStyle>
                <Select allowClear placeholder={t('records.result')} aria-label={t('records.result')} options={results.map(option => ({ value: option.key, label: label(option.label) }))} style={{ width: 120 }} />
              </Form.Item>
            )}
            <span className="grow" />
            <Button onClick={() => setKind(null)}>{t('app.cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={save.isPending}>{t('records.logSave')}</Button>
          </div>
        </Form>
      )}
    </div>
  )
}
