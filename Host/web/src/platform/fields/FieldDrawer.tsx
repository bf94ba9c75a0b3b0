import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Form, Input, InputNumber, Select, Space } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Field, FieldType, Label, Option, RecordType } from '@/api/types'
import { say } from '@/app/feedback'
import { useCatalogue } from '@/app/me'
import { queryClient } from '@/app/queries'
import { useWide } from '@/app/useWide'
import { label, locale, otherLocale, t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { OptionsEditor } from './OptionsEditor'

type Values = {
  key: string; type: FieldType; label: Label; required: boolean; searchable: boolean; sensitive: boolean
  maxLength: number | null; min: number | null; max: number | null; references: string | null; options?: Option[]; help: Label | null
}

const types: FieldType[] = ['text', 'longText', 'integer', 'decimal', 'money', 'boolean', 'date', 'dateTime', 'select', 'multiSelect', 'reference', 'email', 'phone', 'url']
const texts: FieldType[] = ['text', 'longText', 'email', 'phone', 'url']
const numbers: FieldType[] = ['integer', 'decimal', 'money']

export function FieldDrawer({ type, field, close }: { type: RecordType; field?: Field; close: () => void }) {
  const wide = useWide()
  const { types: recordTypes } = useCatalogue()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('type', form) ?? field?.type ?? 'text'
  const save = useMutation({
    mutationFn: (values: Values) =>
      field ? api.patch(`catalogue/${type.key}/fields/${field.key}`, values) : api.post(`catalogue/${type.key}/fields`, values),
    meta: { quiet: true },
    onError: error => showProblem(form, error),
    onSuccess: async () => {
      say(t('app.saved'))
      await queryClient.invalidateQueries({ queryKey: keys.catalogue })
      close()
    },
  })
  const other = otherLocale()
  const needed = [{ required: true, message: t('app.nameNeeded') }]
  return (
    <Drawer
      open
      onClose={close}
      size={wide ? 520 : '100%'}
      title={field ? label(field.label) : t('platform.newFieldOf', { type: label(type.label) })}
      footer={
        <Space style={{ float: 'right' }}>
          <Button onClick={close}>{t('app.cancel')}</Button>
          <Button type="primary" loading={save.isPending} onClick={form.submit}>{t('app.save')}</Button>
        </Space>
      }
    >
      <Form form={form} layout="vertical" initialValues={field ?? { type: 'text', options: [] }} onFinish={values => save.mutate(values)}>
        <div className="form-row">
          <Form.Item name={['label', locale()]} label={t('platform.ownName')} rules={needed}><Input maxLength={40} autoFocus /></Form.Item>
          <Form.Item name={['label', other]} label={t(other === 'en' ? 'platform.nameEn' : 'platform.nameZh')} extra={t('platform.nameOther')}><Input maxLength={40} /></Form.Item>
        </div>
        <div className="form-row">
          <Form.Item name="type" label={t('platform.fieldType')}>
            <Select disabled={field !== undefined} options={types.map(one => ({ value: one, label: t(`platform.type_${one as 'text'}`) }))} />
          </Form.Item>
          <Form.Item name="key" label={t('platform.key')} extra={field ? undefined : t('platform.keyHelp')}>
            <Input maxLength={40} disabled={field !== undefined} />
          </Form.Item>
        </div>
        {kind === 'reference' && (
          <Form.Item name="references" label={t('platform.refersTo')} rules={[{ required: true, message: t('platform.refersToNeeded') }]}>
            <Select disabled={field !== undefined} options={recordTypes.map(one => ({ value: one.key, label: label(one.label) }))} />
          </Form.Item>
        )}
        {(kind === 'select' || kind === 'multiSelect') && <OptionsEditor />}
        {texts.includes(kind) && <Form.Item name="maxLength" label={t('platform.maxLength')}><InputNumber min={1} max={100_000} precision={0} /></Form.Item>}
        {numbers.includes(kind) && (
          <div className="form-row">
            <Form.Item name="min" label={t('platform.min')}><InputNumber /></Form.Item>
            <Form.Item name="max" label={t('platform.max')}><InputNumber /></Form.Item>
          </div>
        )}
        <div className="form-row">
          <Form.Item name={['help', 'zh']} label={t('platform.helpZh')}><Input maxLength={200} /></Form.Item>
          <Form.Item name={['help', 'en']} label={t('platform.helpEn')}><Input maxLength={200} /></Form.Item>
        </div>
        <Form.Item name="required" valuePropName="checked" noStyle><Checkbox>{t('platform.required')}</Checkbox></Form.Item>
        {texts.includes(kind) && <Form.Item name="searchable" valuePropName="checked" noStyle><Checkbox>{t('platform.searchable')}</Checkbox></Form.Item>}
        {texts.includes(kind) && <Form.Item name="sensitive" valuePropName="checked" noStyle><Checkbox>{t('platform.sensitive')}</Checkbox></Form.Item>}
      </Form>
    </Drawer>
  )
}
