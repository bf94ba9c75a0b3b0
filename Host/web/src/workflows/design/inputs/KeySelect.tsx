import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec, RecordType } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { t } from '@/texts'

type Props = { name: string; of: string; value: string | undefined; onChange: (value: string | undefined) => void }

/** What such records are called in SOPs, which outlive them and move between systems: a code that people give. */
const keyField = (type: RecordType) => ['code', 'slug', 'key'].find(key => type.fields.some(field => field.key === key))

/** Picks a record that SOPs name by its code: a segment, a form, a mail template. */
export function KeySelect({ name, of, value, onChange }: Props) {
  const { byKey } = useCatalogue()
  const type = byKey(of)
  const key = type && keyField(type)
  const found = useQuery({
    queryKey: keys.list(of, { keys: true }),
    queryFn: () => api.get<Page<Rec>>(type!.plural, { limit: 200 }),
    enabled: key !== undefined,
    staleTime: 60_000,
  })
  const options = (found.data?.items ?? []).map(record => ({ value: String(record[key!]), label: String(record[type!.nameField] ?? record[key!]) }))
  if (value && !options.some(option => option.value === value)) options.unshift({ value, label: value })
  return <Select allowClear aria-label={name} showSearch={{ optionFilterProp: 'label' }} loading={found.isFetching} value={value} onChange={onChange} options={options} notFoundContent={t('records.noneFound')} />
}
