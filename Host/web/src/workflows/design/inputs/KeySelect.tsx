import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { t } from '@/texts'
import { choicesOf, keyField } from './choices'

type Props = { name: string; of: string; /** What their fields must hold. */ holding: Record<string, string>; value: string | undefined; onChange: (value: string | undefined) => void }

/** Picks a record that SOPs name by its code: a segment, a form, a mail template. */
export function KeySelect({ name, of, holding, value, onChange }: Props) {
  const { byKey } = useCatalogue()
  const type = byKey(of)
  const key = type && keyField(type)
  const found = useQuery({
    queryKey: keys.list(of, { keys: true }),
    queryFn: () => api.get<Page<Rec>>(type!.plural, { limit: 200 }),
    enabled: key !== undefined,
    staleTime: 60_000,
  })
  const records = type && found.data ? found.data.items : []
  const options = records.length > 0 ? choicesOf(type!, records, holding) : []
  // what was chosen stays named, even where it is offered no more
  if (value && !options.some(option => option.value === value)) options.unshift(...choicesOf(type!, records, {}).filter(option => option.value === value))
  return <Select allowClear aria-label={name} showSearch={{ optionFilterProp: 'label' }} loading={found.isFetching} value={value} onChange={onChange} options={options} notFoundContent={t('records.noneFound')} />
}
