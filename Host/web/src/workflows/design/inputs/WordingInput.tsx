import { EyeOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Cascader, Input, Popover, Segmented, type InputRef } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useMemo, useRef, useState } from 'react'
import type { Label } from '@/api/types'
import { isProblem } from '@/api/problem'
import { leaves, pathTree } from '@/records/filter/paths'
import { locale, t } from '@/texts'
import type { Wording } from '../../definition/sop'
import { useRendered } from '../sample'
import { useKnown } from '../useKnown'
import { SamplePicker } from './Today'

type Props = { name: string; value: Wording | undefined; onChange: (value: Wording | undefined) => void; template?: boolean; long?: boolean }

/** A text in both languages; as a `template` fields can be put in, and it is shown as the sample record would have it. */
export function WordingInput({ name, value, onChange, template, long }: Props) {
  const [language, setLanguage] = useState<'zh' | 'en'>(locale())
  const box = useRef<InputRef & TextAreaRef>(null)
  const text = typeof value === 'string' ? value : (value?.[language] ?? '')
  const write = (next: string) => {
    const both = typeof value === 'string' || !value ? { zh: typeof value === 'string' ? value : '', en: typeof value === 'string' ? value : '' } : value
    // what was the same in both languages stays so until the other is written for itself
    const other = language === 'zh' ? 'en' : 'zh'
    const changed = { ...both, [language]: next, ...(both[other] === both[language] ? { [other]: next } : {}) }
    onChange(changed.zh || changed.en ? changed : undefined)
  }
  /** Puts a field where the cursor stands. */
  const put = (path: string) => {
    const element = box.current?.input ?? box.current?.resizableTextArea?.textArea
    const at = element?.selectionStart ?? text.length
    const field = `{{${path}}}`
    write(text.slice(0, at) + field + text.slice(element?.selectionEnd ?? at))
    requestAnimationFrame(() => {
      element?.focus()
      element?.setSelectionRange(at + field.length, at + field.length)
    })
  }
  const shared = { 'aria-label': name, value: text, onChange: (event: { target: { value: string } }) => write(event.target.value) }
  return (
    <div className="design-grow">
      <div className={long ? 'design-wording design-long' : 'design-wording'}>
        {long ? <Input.TextArea ref={box as never} {...shared} autoSize={{ minRows: 3, maxRows: 14 }} /> : <Input ref={box as never} {...shared} />}
        <div className="design-tools">
          <Segmented size="small" value={language} onChange={setLanguage} options={[{ value: 'zh', label: '中' }, { value: 'en', label: 'EN' }]} aria-label={t('designer.languageOf', { name })} />
          {template && <InsertField name={name} insert={put} />}
        </div>
      </div>
      {template && text.includes('{{') && <Rendered value={value} language={language} />}
    </div>
  )
}

function Rendered({ value, language }: { value: Wording | undefined; language: 'zh' | 'en' }) {
  const text = useMemo((): Label | undefined => (typeof value === 'string' ? { zh: value, en: value } : value), [value])
  const rendered = useRendered(text)
  if (!rendered.data && !rendered.isError) return null
  return (
    <div className={rendered.isError ? 'design-preview problem-error' : 'design-preview'} role="status">
      <EyeOutlined aria-hidden />
      <span className="grow design-rendered">{rendered.isError ? (isProblem(rendered.error) ? (rendered.error.errors[0]?.message ?? rendered.error.title) : '') : rendered.data![language]}</span>
      <SamplePicker />
    </div>
  )
}

function InsertField({ name, insert }: { name: string; insert: (path: string) => void }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      content={<Fields choose={path => { setOpen(false); insert(path) }} />}
      placement="bottomLeft"
      styles={{ container: { padding: 4 } }}
      destroyOnHidden
    >
      <Button type="text" size="small" icon={<PlusOutlined />} title={t('workflows.insertField')} aria-label={`${t('workflows.insertField')}: ${name}`}>{t('workflows.field')}</Button>
    </Popover>
  )
}

/** The record's fields, those of records it refers to, what earlier steps brought and what the trigger told. */
function Fields({ choose }: { choose: (path: string) => void }) {
  const { type, find } = useKnown()
  const tree = useMemo(() => pathTree(type, find, 4), [type, find])
  const [sought, setSought] = useState('')
  const found = sought.trim() === '' ? null : leaves(tree).filter(leaf => leaf.name.toLowerCase().includes(sought.trim().toLowerCase())).slice(0, 30)
  return (
    <div className="field-picker">
      <Input autoFocus allowClear prefix={<SearchOutlined />} value={sought} placeholder={t('records.findField')} aria-label={t('records.findField')} onChange={event => setSought(event.target.value)} />
      {!found && <Cascader.Panel options={tree} onChange={path => path && choose((path as string[]).join('.'))} changeOnSelect={false} />}
      {found?.map(leaf => <Button key={leaf.path} type="text" block onClick={() => choose(leaf.path)}>{leaf.name}</Button>)}
      {found?.length === 0 && <p className="muted">{t('records.noneFound')}</p>}
    </div>
  )
}
