import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useCatalogue } from '@/app/me'
import { rolesQuery } from '@/platform/roles/roles'
import { label } from '@/texts'
import { sopsQuery } from '../../sops/sops'

type Props = { name: string; of: 'role' | 'recordType' | 'sop'; value: string | undefined; onChange: (value: string | undefined) => void }

/** Picks a role, a record type or an SOP by its name. */
export function NameSelect({ name, of, value, onChange }: Props) {
  const { types } = useCatalogue()
  const roles = useQuery({ ...rolesQuery, enabled: of === 'role' })
  const sops = useQuery({ ...sopsQuery, enabled: of === 'sop' })
  const options = of === 'role'
    ? roles.data?.items.map(role => ({ value: role.key, label: label(role.name) }))
    : of === 'sop'
      ? sops.data?.items.filter(sop => sop.state === 'published').map(sop => ({ value: sop.key, label: label(sop.name) }))
      : types.map(type => ({ value: type.key, label: label(type.label) }))
  return <Select allowClear aria-label={name} showSearch={{ optionFilterProp: 'label' }} value={value} onChange={onChange} options={options} />
}
