import { FilterOutlined, SearchOutlined } from '@ant-design/icons'
import { Badge, Button, Input, Select } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { RecordType } from '@/api/types'
import { useWide } from '@/app/useWide'
import { countConditions } from '@/records/filter/model'
import { label, t } from '@/texts'
import { ColumnChooser } from './ColumnChooser'
import { quickFields, type Quick } from './quick'
import { SortMenu } from './SortMenu'
import type { ListState } from './useListState'

const FilterDrawer = lazy(() => import('./FilterDrawer'))

/** Search, quick filters, the filter builder, order and columns. `bare` leaves out what only a table has. */
export function Toolbar({ type, state, bare }: { type: RecordType; state: ListState; bare?: boolean }) {
  const wide = useWide()
  const [filtering, setFiltering] = useState(false)
  const conditions = countConditions(state.filter)
  const quick = (key: string, values: string[]) => {
    const { [key]: _gone, ...others } = state.quick
    state.setQuick(values.length > 0 ? { ...others, [key]: values } : others)
  }
  return (
    <div className="toolbar">
      {type.fields.some(field => field.searchable) && <SearchBox state={state} type={type} />}
      {type.owned && (
        <Button
          type={state.quick.owner ? 'primary' : 'default'}
          ghost={!!state.quick.owner}
          aria-pressed={!!state.quick.owner}
          onClick={() => quick('owner', state.quick.owner ? [] : ['me'])}
        >
          {t('records.mineOnly')}
        </Button>
      )}
      {wide && quickFields(type).filter(field => !(bare && field.key === 'stage')).map(field => (
        <QuickSelect key={field.key} name={label(field.label)} value={state.quick[field.key]} onChange={values => quick(field.key, values)}
          options={(field.options ?? []).map(option => ({ value: option.key, label: label(option.label) }))} />
      ))}
      <Badge count={conditions} size="small" color="var(--ant-color-primary)">
        <Button icon={<FilterOutlined />} onClick={() => setFiltering(true)} aria-label={t('records.filter')}>{wide && t('records.filter')}</Button>
      </Badge>
      <span className="grow" />
      {!bare && <SortMenu type={type} state={state} />}
      {!bare && wide && <ColumnChooser type={type} state={state} />}
      <Suspense>{filtering && <FilterDrawer type={type} state={state} close={() => setFiltering(false)} />}</Suspense>
    </div>
  )
}

function SearchBox({ state, type }: { state: ListState; type: RecordType }) {
  const [text, setText] = useState(state.q)
  const [asked, setAsked] = useState(state.q)
  if (asked !== state.q) {
    setAsked(state.q)
    setText(state.q)
  }
  useEffect(() => {
    if (text.trim() === state.q) return
    const timer = setTimeout(() => state.setQ(text.trim()), 300)
    return () => clearTimeout(timer)
  }, [text, state])
  const searched = type.fields.filter(field => field.searchable).map(field => label(field.label)).slice(0, 4).join(t('records.comma'))
  return (
    <Input
      className="toolbar-search"
      allowClear
      prefix={<SearchOutlined className="muted" />}
      placeholder={t('records.searchIn', { fields: searched })}
      aria-label={t('app.search')}
      value={text}
      maxLength={100}
      onChange={event => setText(event.target.value)}
    />
  )
}

type QuickProps = { name: string; value: Quick[string] | undefined; options: { value: string; label: string }[]; onChange: (values: string[]) => void }

function QuickSelect({ name, value, options, onChange }: QuickProps) {
  return (
    <Select
      mode="multiple"
      className={value?.length ? 'quick quick-on' : 'quick'}
      placeholder={name}
      aria-label={name}
      value={value ?? []}
      onChange={onChange}
      options={options}
      maxTagCount={0}
      maxTagPlaceholder={chosen => (chosen.length === 1 ? chosen[0]!.label : `${name} · ${chosen.length}`)}
      showSearch={false}
      allowClear
      popupMatchSelectWidth={false}
    />
  )
}
