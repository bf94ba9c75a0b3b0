import { PlusOutlined } from '@ant-design/icons'
import { Button, Cascader, Input, Popover, Segmented, Tooltip } from 'antd'
import { useState } from 'react'
import type { RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { pathTree } from '@/records/filter/paths'
import { locale, t } from '@/texts'
import type { Wording } from '../../definition/sop'

type Props = { name: string; value: Wording | undefined; onChange: (value: Wording | undefined) => void; type?: RecordType; long?: boolean }

/** A text in both languages; with `type` it is a template into which fields can be put. */
export function WordingInput({ name, value, onChange, type, long }: Props) {
  const [language, setLanguage] = useState<'zh' | 'en'>(locale())
  const text = typeof value === 'string' ? value : (value?.[language] ?? '')
  const write = (next: string) => {
    const both = typeof value === 'string' || !value ? { zh: typeof value === 'string' ? value : '', en: typeof value === 'string' ? value : '' } : value
    // what was the same in both languages stays so until the other is written for itself
    const other = language === 'zh' ? 'en' : 'zh'
    const changed = { ...both, [language]: next, ...(both[other] === both[language] ? { [other]: next } : {}) }
    onChange(changed.zh || changed.en ? changed : undefined)
  }
  return (
    <div className={long ? 'design-wording design-long' : 'design-wording'}>
      {long
        ? <Input.TextArea aria-label={name} value={text} onChange={e => write(e.target.value)} autoSize={{ minRows: 3, maxRows: 14 }} />
        : <Input aria-label={name} value={text} onChange={e => write(e.target.value)} />}
      <div className="design-tools">
        <Segmented size="small" value={language} onChange={setLanguage} options={[{ value: 'zh', label: '中' }, { value: 'en', label: 'EN' }]} aria-label={t('app.language')} />
        {type && <InsertField type={type} insert={path => write(`${text}{{${path}}}`)} />}
      </div>
    </div>
  )
}

function InsertField({ type, insert }: { type: RecordType; insert: (path: string) => void }) {
  const { byKey } = useCatalogue()
  const [open, setOpen] = useState(false)
  const panel = (
    <Cascader.Panel
      options={pathTree(type, byKey, 2)}
      changeOnSelect
      onChange={path => {
        insert((path as string[]).join('.'))
        setOpen(false)
      }}
    />
  )
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" content={panel} placement="bottomLeft" styles={{ container: { padding: 4 } }} destroyOnHidden>
      <Tooltip title={t('workflows.insertField')}><Button type="text" size="small" icon={<PlusOutlined />} aria-label={t('workflows.insertField')} /></Tooltip>
    </Popover>
  )
}
