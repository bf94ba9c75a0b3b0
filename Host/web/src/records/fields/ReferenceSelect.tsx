import { PlusOutlined } from '@ant-design/icons'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { Button, Divider, Select } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Rec, Ref } from '@/api/types'
import { may, useCatalogue } from '@/app/me'
import { isRelative } from '@/records/filter/relative'
import { nameOf } from '@/records/nameOf'
import { label, t } from '@/texts'

const RecordDrawer = lazy(() => import('@/records/form/RecordDrawer'))
const meValue = '$me'
const unitValue = '$myUnit'

type Props = {
  field: { references?: string | null; label: Label | string }
  value?: unknown
  onChange?: (value: unknown) => void
  onBlur?: () => void
  many?: boolean
  /** Offers "me" and "my unit" as moving values, for filters. */
  relative?: boolean
  /** What is known of the chosen record already, to show its name at once. */
  known?: Ref | null
  /** Narrows the choice. */
  filter?: unknown
  allowCreate?: boolean
  id?: string
  disabled?: boolean
  placeholder?: string
}

/** Finds a record by name as one types; can make a new one where that is allowed. */
export function ReferenceSelect({ field, value, onChange, onBlur, many, relative, known, filter, allowCreate, id, disabled, placeholder }: Props) {
  const { byKey } = useCatalogue()
  const type = byKey(field.references)
  const [text, setText] = useState('')
  const [q, setQ] = useState('')
  const [creating, setCreating] = useState(false)
  const [made, setMade] = useState<Ref[]>([])
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), 200)
    return () => clearTimeout(timer)
  }, [text])

  const params = { q, limit: 20, filter: filter ? JSON.stringify(filter) : undefined }
  const found = useQuery({
    queryKey: keys.list(field.references ?? '', params),
    queryFn: ({ signal }) => api.get<Page<Rec>>(type!.plural, params, { signal }),
    enabled: type !== undefined && !disabled,
    placeholderData: keepPreviousData,
  })
  const called = (record: Rec) => (type && nameOf(type, record)) || record.id
  const options = (found.data?.items ?? []).map(record => ({ value: record.id, label: called(record) }))
  const given = (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string')
  const listed = new Set([...options.map(o => o.value), ...made.map(m => m.id), ...(known ? [known.id] : [])])
  const missing = useQueries({
    queries: given.filter(v => !listed.has(v)).map(v => ({
      queryKey: keys.record(field.references ?? '', v),
      queryFn: () => api.get<Rec>(`${type!.plural}/${v}`),
      enabled: type !== undefined,
      staleTime: 60_000,
    })),
  })
  const extra = [...(known ? [known] : []), ...made, ...missing.flatMap(m => (m.data ? [{ id: m.data.id, name: called(m.data) }] : []))]
  for (const ref of extra)
    if ((text === '' || given.includes(ref.id)) && !options.some(o => o.value === ref.id)) options.unshift({ value: ref.id, label: ref.name })
  if (relative && text === '' && !many) {
    if (field.references === 'user') options.unshift({ value: meValue, label: t('records.me') })
    if (field.references === 'unit') options.unshift({ value: unitValue, label: t('records.myUnit') })
  }

  const shown = isRelative(value) ? `$${value.$}` : value === '' ? undefined : value
  const choose = (next: unknown) =>
    onChange?.(next === meValue ? { $: 'me' } : next === unitValue ? { $: 'myUnit' } : next === undefined ? null : next)
  const create = allowCreate && may(type, 'create')
  return (
    <>
      <Select
        id={id}
        disabled={disabled}
        mode={many ? 'multiple' : undefined}
        value={shown ?? undefined}
        onChange={choose}
        onBlur={onBlur}
        options={options}
        showSearch={{ filterOption: false, onSearch: setText }}
        allowClear
        loading={found.isFetching}
        placeholder={placeholder ?? (type ? t('records.choose', { type: label(type.label) }) : undefined)}
        aria-label={label(field.label)}
        notFoundContent={found.isFetching ? t('app.loading') : t('records.noneFound')}
        style={{ width: '100%' }}
        maxTagCount="responsive"
        popupRender={menu =>
          create ? (
            <>
              {menu}
              <Divider style={{ margin: '4px 0' }} />
              <Button type="text" block icon={<PlusOutlined />} onClick={() => setCreating(true)} style={{ justifyContent: 'flex-start' }}>
                {text.trim() ? t('records.createNamed', { type: label(type!.label), name: text.trim() }) : t('records.createType', { type: label(type!.label) })}
              </Button>
            </>
          ) : menu
        }
      />
      <Suspense>
        {creating && type && (
          <RecordDrawer
            type={type}
            initial={{ [type.nameField]: text.trim() || undefined }}
            close={() => setCreating(false)}
            done={record => {
              setMade([...made, { id: record.id, name: called(record) }])
              setText('')
              choose(many ? [...given, record.id] : record.id)
            }}
          />
        )}
      </Suspense>
    </>
  )
}
