import { EyeOutlined } from '@ant-design/icons'
import { Input, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import type { Label } from '@/api/types'
import { isProblem } from '@/api/problem'
import { InsertField, useInsert } from '@/records/fields/InsertField'
import { locale, t } from '@/texts'
import type { Wording } from '../../definition/sop'
import { useRendered } from '../sample'
import { useKnown } from '../useKnown'
import { SamplePicker } from './Today'

type Props = { name: string; value: Wording | undefined; onChange: (value: Wording | undefined) => void; template?: boolean; long?: boolean }

/** A text in both languages; as a `template` fields can be put in, and it is shown as the sample record would have it. */
export function WordingInput({ name, value, onChange, template, long }: Props) {
  const [language, setLanguage] = useState<'zh' | 'en'>(locale())
  const text = typeof value === 'string' ? value : (value?.[language] ?? '')
  const write = (next: string) => {
    const both = typeof value === 'string' || !value ? { zh: typeof value === 'string' ? value : '', en: typeof value === 'string' ? value : '' } : value
    // what was the same in both languages stays so until the other is written for itself
    const other = language === 'zh' ? 'en' : 'zh'
    const changed = { ...both, [language]: next, ...(both[other] === both[language] ? { [other]: next } : {}) }
    onChange(changed.zh || changed.en ? changed : undefined)
  }
  const { box, insert } = useInsert(text, write)
  const { type, find } = useKnown()
  const shared = { 'aria-label': name, value: text, onChange: (event: { target: { value: string } }) => write(event.target.value) }
  return (
    <div className="design-grow">
      <div className={long ? 'design-wording design-long' : 'design-wording'}>
        {long ? <Input.TextArea ref={box} {...shared} autoSize={{ minRows: 3, maxRows: 14 }} /> : <Input ref={box} {...shared} />}
        <div className="design-tools">
          <Segmented size="small" value={language} onChange={setLanguage} options={[{ value: 'zh', label: '中' }, { value: 'en', label: 'EN' }]} aria-label={t('designer.languageOf', { name })} />
          {template && <InsertField name={name} type={type} find={find} insert={insert} />}
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
