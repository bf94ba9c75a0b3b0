import { SearchOutlined } from '@ant-design/icons'
import { Button, Cascader, Input } from 'antd'
import { useMemo, useState } from 'react'
import type { RecordType } from '@/api/types'
import { t } from '@/texts'
import { leaves, pathTree } from './paths'
import './filter.css'

type Props = { type: RecordType; find: (key: string | null | undefined) => RecordType | undefined; choose: (path: string) => void }

/** A type's fields and those of the records it refers to, to walk through or to search. */
export function FieldPicker({ type, find, choose }: Props) {
  const tree = useMemo(() => pathTree(type, find, 4), [type, find])
  const [sought, setSought] = useState('')
  const found = sought.trim() === '' ? null : leaves(tree).filter(leaf => leaf.name.toLowerCase().includes(sought.trim().toLowerCase())).slice(0, 30)
  return (
    <div className="field-picker">
      <Input
        autoFocus
        allowClear
        prefix={<SearchOutlined />}
        value={sought}
        placeholder={t('records.findField')}
        aria-label={t('records.findField')}
        onChange={event => setSought(event.target.value)}
        onPressEnter={event => {
          event.preventDefault()
          if (found?.[0]) choose(found[0].path)
        }}
      />
      {!found && <Cascader.Panel options={tree} onChange={path => path && choose((path as string[]).join('.'))} changeOnSelect={false} />}
      {found?.map(leaf => <Button key={leaf.path} type="text" block onClick={() => choose(leaf.path)}>{leaf.name}</Button>)}
      {found?.length === 0 && <p className="muted">{t('records.noneFound')}</p>}
    </div>
  )
}
