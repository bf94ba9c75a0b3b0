import { PlusOutlined } from '@ant-design/icons'
import { Button, Popover, type InputRef } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useRef, useState } from 'react'
import type { RecordType } from '@/api/types'
import { FieldPicker } from '@/records/filter/FieldPicker'
import { t } from '@/texts'

/** A text box, and how a field is put where its cursor stands. */
export function useInsert(text: string, write: (next: string) => void) {
  const box = useRef<InputRef & TextAreaRef>(null)
  const insert = (path: string) => {
    const element = box.current?.input ?? box.current?.resizableTextArea?.textArea
    const at = element?.selectionStart ?? text.length
    const field = `{{${path}}}`
    write(text.slice(0, at) + field + text.slice(element?.selectionEnd ?? at))
    requestAnimationFrame(() => {
      element?.focus()
      element?.setSelectionRange(at + field.length, at + field.length)
    })
  }
  return { box: box as never, insert }
}

type Props = { name: string; type: RecordType; find: (key: string | null | undefined) => RecordType | undefined; insert: (path: string) => void }

export function InsertField({ name, type, find, insert }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      content={<FieldPicker type={type} find={find} choose={path => { setOpen(false); insert(path) }} />}
      placement="bottomLeft"
      styles={{ container: { padding: 4 } }}
      destroyOnHidden
    >
      <Button type="text" size="small" icon={<PlusOutlined />} title={t('records.insertField')} aria-label={`${t('records.insertField')}: ${name}`}>{t('records.field')}</Button>
    </Popover>
  )
}
