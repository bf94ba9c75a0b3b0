import { Button, Drawer, Form, Space } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { newKey } from '@/api/client'
import type { Rec, RecordType, Ref } from '@/api/types'
import { ask, say } from '@/app/feedback'
import { useMe } from '@/app/me'
import { useWide } from '@/app/useWide'
import { nameOf } from '@/records/nameOf'
import { label, t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { changedFields, filledFields, splitFields, writable, written } from './formFields'
import { RecordFields } from './RecordFields'
import { useSaveRecord } from './useSaveRecord'

type Props = {
  type: RecordType
  /** To edit; without it a new record is made. */
  record?: Rec
  initial?: Record<string, unknown>
  /** Names of the references in initial. */
  known?: Record<string, Ref>
  close: () => void
  done?: (record: Rec) => void
}

/** Creates or edits a record of any type. Asks before it throws away what was typed. */
export default function RecordDrawer({ type, record: latest, initial, known, close, done }: Props) {
  // what the person began with: when others save meanwhile the page follows, but this form must notice the conflict
  const [record] = useState(latest)
  const [form] = Form.useForm<Record<string, unknown>>()
  const me = useMe()
  const wide = useWide()
  const save = useSaveRecord(type)
  const key = useRef(newKey())
  const [touched, setTouched] = useState(false)
  const fields = useMemo(() => writable(type), [type])
  const { first, more } = useMemo(() => (record ? { first: fields, more: [] } : splitFields(fields)), [fields, record])

  const values = useMemo(() => {
    const start: Record<string, unknown> = {}
    for (const field of fields) start[field.key] = record ? written(field, record[field.key]) : (initial?.[field.key] ?? field.default ?? undefined)
    if (!record && type.owned) start.owner ??= me.id
    return start
  }, [fields, record, initial, type, me])

  const leave = async () => {
    if (!touched || (await ask(t('records.discardAsk'), { ok: t('records.discard'), danger: true }))) close()
  }
  const submit = (typed: Record<string, unknown>) => {
    const changes = record ? changedFields(fields, record, typed) : filledFields({ ...initial, ...typed })
    if (record && Object.keys(changes).length === 0) return close()
    save.mutate(
      { record, changes, key: key.current },
      {
        onSuccess: saved => {
          say(record ? t('app.saved') : t('records.created', { type: label(type.label) }))
          done?.(saved)
          close()
        },
        onError: error => showProblem(form, error),
      },
    )
  }
  return (
    <Drawer
      open
      onClose={() => void leave()}
      size={wide ? 520 : '100%'}
      // not from somebody who was quicker than the drawer
      afterOpenChange={open => open && !record && first[0] && !document.activeElement?.closest('.ant-form') && form.focusField(first[0].key)}
      title={record ? t('records.editTitle', { name: nameOf(type, record) }) : t('records.createType', { type: label(type.label) })}
      footer={
        <Space style={{ float: 'right' }}>
          <Button onClick={() => void leave()}>{t('app.cancel')}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>{t('app.save')}</Button>
        </Space>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={values}
        onFinish={submit}
        onValuesChange={() => setTouched(true)}
        scrollToFirstError={{ block: 'center', focus: true }}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit()
        }}
      >
        <RecordFields first={first} more={more} record={record} known={{ owner: { id: me.id, name: me.name }, ...known }} />
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
    </Drawer>
  )
}
