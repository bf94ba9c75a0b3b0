import { Form } from 'antd'
import { useState } from 'react'
import type { RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { FilterBuilder } from '@/records/filter/FilterBuilder'
import { emptyGroup, toFilter, toGroup, type Filter } from '@/records/filter/model'
import { t } from '@/texts'

type Props = { over: string; value?: unknown; onChange?: (value: unknown) => void }

/** A filter kept in a field, built as lists are filtered. What it is about may be named by another field of the form. */
export function FilterInput({ over, value, onChange }: Props) {
  const { byKey } = useCatalogue()
  const named = Form.useWatch(over) as string | undefined
  const type = byKey(over) ?? byKey(named)
  const [first] = useState(type?.key)
  if (!type) return <span className="muted">{t('records.pick')}</span>
  return <Builder key={type.key} type={type} value={first === undefined || first === type.key ? value : null} onChange={onChange} />
}

/** Half a condition is told too: the server says what it lacks, where to leave it out would find everybody. */
function Builder({ type, value, onChange }: { type: RecordType; value: unknown; onChange?: (value: unknown) => void }) {
  const [group, setGroup] = useState(() => (value ? toGroup((typeof value === 'string' ? JSON.parse(value) : value) as Filter) : emptyGroup()))
  return (
    <FilterBuilder
      type={type}
      value={group}
      onChange={next => {
        setGroup(next)
        onChange?.(toFilter(next, true))
      }}
    />
  )
}
