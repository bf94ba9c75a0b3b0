import { LockOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { Link } from 'react-router'
import type { Field, Rec, Ref } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { countConditions, type Filter } from '@/records/filter/model'
import { label, t } from '@/texts'
import { Chip } from '@/ui/Chip'
import { date, dateTime, money, number } from '@/ui/format'
import { Person } from '@/ui/Person'

type Props = { field: Field; value: unknown; record?: Rec; /** Links and calls work; not inside something that is itself clicked. */ active?: boolean }

/** A field's value as people read it. */
export function FieldValue({ field, value, record, active }: Props) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return <span className="muted">—</span>
  if (record?.masked?.includes(field.key))
    return <Tooltip title={t('records.masked')}><span className="nums">{String(value)} <LockOutlined className="muted" /></span></Tooltip>
  switch (field.type) {
    case 'select': return <OptionChip field={field} value={String(value)} />
    case 'multiSelect': return <span className="chips">{(value as string[]).map(key => <OptionChip key={key} field={field} value={key} />)}</span>
    case 'money': return <span className="nums">{money(Number(value), record?.currency as string | undefined)}</span>
    case 'integer': case 'decimal': return <span className="nums">{number(Number(value), 4)}</span>
    case 'boolean': return <>{value ? t('records.yes') : t('records.no')}</>
    case 'date': return <span className="nums">{date(String(value))}</span>
    case 'dateTime': return <span className="nums">{dateTime(String(value))}</span>
    case 'reference': return <ReferenceValue field={field} value={value as Ref} active={active} />
    case 'lines': return <>{t('records.lineCount', { n: Array.isArray(value) ? value.length : Number(value) })}</>
    case 'email': return active ? <a href={`mailto:${String(value)}`}>{String(value)}</a> : <>{String(value)}</>
    case 'phone': return active ? <a className="nums" href={`tel:${String(value).replace(/[^+\d]/g, '')}`}>{String(value)}</a> : <span className="nums">{String(value)}</span>
    case 'url': return active && /^https?:\/\//i.test(String(value))
      ? <a href={String(value)} target="_blank" rel="noopener noreferrer">{String(value).replace(/^https?:\/\//i, '')}</a> : <>{String(value)}</>
    case 'json': if (field.filterOver) return <>{t('records.conditionCount', { n: countConditions((typeof value === 'string' ? JSON.parse(value) : value) as Filter) })}</>
      return <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
    case 'longText': return <span className={active ? 'long-text' : undefined}>{String(value)}</span>
    default: return <>{String(value)}</>
  }
}

export function OptionChip({ field, value }: { field: Field; value: string }) {
  const option = field.options?.find(o => o.key === value)
  return <Chip color={option?.color}>{option ? label(option.label) : value}</Chip>
}

function ReferenceValue({ field, value, active }: { field: Field; value: Ref; active?: boolean }) {
  const { byKey } = useCatalogue()
  if (field.references === 'user') return <Person of={value} />
  const type = byKey(field.references)
  const linked = active && type && type.can.read && !['unit', 'role'].includes(type.key)
  return linked ? <Link to={`/${type.plural}/${value.id}`}>{value.name}</Link> : <>{value.name ?? '—'}</>
}
