import { PlayCircleOutlined } from '@ant-design/icons'
import { Button, Form, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { useMe } from '@/app/me'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { filledFields, splitFields, writable } from '@/records/form/formFields'
import { RecordFields } from '@/records/form/RecordFields'
import { label, t } from '@/texts'
import { DateInput } from '@/ui/dates'
import { showProblem } from '@/ui/forms'
import type { Words } from '../words/context'
import type { Setup } from './trial'

type Props = { words: Words; version: string; record: string | null; busy: boolean; error: unknown; begin: (setup: Setup) => void }

/** On which record, or on one made up; from when; and whose act it is that starts it. */
export function TrialSetup({ words, version, record, busy, error, begin }: Props) {
  const { type } = words
  const me = useMe()
  const [form] = Form.useForm<Record<string, unknown>>()
  const [from, setFrom] = useState<'record' | 'madeUp'>('record')
  const [recordId, setRecordId] = useState<string | null>(record)
  const [initiator, setInitiator] = useState<string | null>(null)
  const [start, setStart] = useState<dayjs.Dayjs | null>(null)
  useEffect(() => {
    if (error) showProblem(form, error)
  }, [error, form])
  if (!type) return null
  const { first, more } = splitFields(writable(type))
  const go = async () => {
    const common = { version, initiator: initiator ?? undefined, start: start?.toISOString() }
    if (from === 'record') return recordId && begin({ ...common, recordId })
    const values = await form.validateFields().catch(() => null)
    if (values) begin({ ...common, values: filledFields(form.getFieldsValue(true) as Record<string, unknown>) })
  }
  return (
    <section className="trial-setup">
      <h2>{t('trials.setup')}</h2>
      <p className="muted">{t('trials.setupText')}</p>
      <Segmented block value={from} onChange={setFrom} options={[{ value: 'record', label: t('trials.existing', { type: label(type.label) }) }, { value: 'madeUp', label: t('trials.madeUp') }]} />
      <Form form={form} layout="vertical" className="trial-form">
        {from === 'record'
          ? <Form.Item label={label(type.label)} required><ReferenceSelect field={{ references: type.key, label: type.label }} value={recordId} onChange={next => setRecordId(next as string | null)} /></Form.Item>
          : <RecordFields first={first} more={more} />}
        <Form.Item label={t('trials.initiator')} extra={t('trials.initiatorHelp')}>
          <ReferenceSelect field={{ references: 'user', label: t('trials.initiator') }} value={initiator} onChange={next => setInitiator(next as string | null)} placeholder={me.name} />
        </Form.Item>
        <Form.Item label={t('trials.start')} extra={t('trials.startHelp')}>
          <DateInput showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={start} onChange={setStart} placeholder={t('trials.now')} style={{ width: '100%' }} aria-label={t('trials.start')} />
        </Form.Item>
      </Form>
      <Button type="primary" size="large" block icon={<PlayCircleOutlined />} loading={busy} disabled={from === 'record' && !recordId} onClick={() => void go()}>{t('trials.begin')}</Button>
    </section>
  )
}
