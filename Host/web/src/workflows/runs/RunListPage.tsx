import { useQuery } from '@tanstack/react-query'
import { Segmented, Select, Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { useWide } from '@/app/useWide'
import { label, t } from '@/texts'
import { Page } from '@/ui/Page'
import { sopsQuery } from '../sops/sops'
import { IncidentList } from './incidents/IncidentList'
import { NarrowedBy } from './NarrowedBy'
import { RunList } from './RunList'
import { narrowOf, runStates } from './runs'

export function RunListPage() {
  const wide = useWide()
  const [search, setSearch] = useSearchParams()
  const sops = useQuery(sopsQuery)
  const sop = search.get('sop') ?? undefined
  const state = search.get('state') ?? undefined
  const tab = search.get('tab') ?? 'all'
  const set = (name: string, value: string | undefined) => setSearch(old => {
    if (value) old.set(name, value)
    else old.delete(name)
    return old
  }, { replace: true })
  const states = [{ value: '', label: t('workflows.anyState') }, ...runStates.map(one => ({ value: one as string, label: t(`workflows.run_${one}`) }))]
  return (
    <Page
      title={t('workflows.runs')}
      below={<Tabs activeKey={tab} onChange={key => set('tab', key === 'all' ? undefined : key)} items={[{ key: 'all', label: t('workflows.allRuns') }, { key: 'incidents', label: t('workflows.incidents') }]} />}
    >
      {tab === 'incidents' ? <IncidentList /> : (
        <>
          <div className="run-filters">
            {wide ? <Segmented value={state ?? ''} onChange={value => set('state', value)} options={states} />
              : <Select aria-label={t('workflows.anyState')} value={state ?? ''} onChange={value => set('state', value)} options={states} />}
            <Select
              allowClear
              aria-label={t('workflows.sops')}
              placeholder={t('workflows.allSops')}
              value={sop}
              onChange={(value: string | undefined) => set('sop', value)}
              options={sops.data?.items.map(one => ({ value: one.key, label: label(one.name) }))}
              popupMatchSelectWidth={false}
              className="run-sop"
            />
          </div>
          <NarrowedBy sop={sop} />
          <RunList fixed={{ sop, state, ...narrowOf(search) }} />
        </>
      )}
    </Page>
  )
}
