import { CheckCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { useSearchParams } from 'react-router'
import { useMe } from '@/app/me'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { RowsSkeleton } from '@/ui/Skeletons'
import { sopsQuery } from '../../sops/sops'
import { CauseCard } from './CauseCard'
import { causesQuery, failureClasses, type IncidentFilter } from './incidents'
import './incidents.css'

/** What runs need a person for, by cause, so that one decision mends many. */
export function IncidentList() {
  const me = useMe()
  const [search, setSearch] = useSearchParams()
  const sops = useQuery(sopsQuery)
  const set = (name: string, value: string | undefined) => setSearch(old => {
    if (value) old.set(name, value)
    else old.delete(name)
    return old
  }, { replace: true })
  const mine = search.get('owner') === me.id
  const filter: IncidentFilter = { sop: search.get('sop') ?? undefined, class: search.get('class') ?? undefined, owner: mine ? me.id : undefined }
  const causes = useQuery(causesQuery(filter))
  return (
    <>
      <div className="run-filters">
        <Segmented value={mine ? 'mine' : 'all'} onChange={value => set('owner', value === 'mine' ? me.id : undefined)} options={[{ value: 'all', label: t('watch.anyOwner') }, { value: 'mine', label: t('watch.mine') }]} />
        <Select allowClear aria-label={t('watch.anyClass')} placeholder={t('watch.anyClass')} value={filter.class} onChange={(value: string | undefined) => set('class', value)} options={failureClasses.map(one => ({ value: one, label: t(`workflows.class_${one}`) }))} className="run-sop" />
        <Select allowClear aria-label={t('workflows.sops')} placeholder={t('workflows.allSops')} value={filter.sop} onChange={(value: string | undefined) => set('sop', value)} options={sops.data?.items.map(one => ({ value: one.key, label: label(one.name) }))} popupMatchSelectWidth={false} className="run-sop" />
      </div>
      {causes.isPending ? <RowsSkeleton rows={4} />
        : causes.isError ? <Failure error={causes.error} again={() => void causes.refetch()} />
        : causes.data.items.length === 0 ? <Blank icon={<CheckCircleOutlined />} title={t('workflows.noIncidents')} text={t('workflows.noIncidentsText')} />
        : <div className="causes">{causes.data.items.map(cause => <CauseCard key={[cause.sop, cause.step, cause.code].join('|')} cause={cause} filter={filter} />)}</div>}
    </>
  )
}
