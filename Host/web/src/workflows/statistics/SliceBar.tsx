import { Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useSearchParams } from 'react-router'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t } from '@/texts'
import { DateRangeInput } from '@/ui/dates'
import type { SopDetail } from '../sops/sops'
import { lastDays, sliceOf, type SliceFilter } from './statistics'

const spans = { 7: 'watch.days7', 30: 'watch.days30', 90: 'watch.days90' } as const
const longest = 91

/** Days, version, unit and owner that the figures are asked of; they stand in the address. */
export function SliceBar({ sop }: { sop: SopDetail }) {
  const [search, setSearch] = useSearchParams()
  const slice = sliceOf(search)
  const set = (next: SliceFilter) => setSearch(old => {
    for (const [name, value] of Object.entries(next)) {
      if (value) old.set(name, value)
      else old.delete(name)
    }
    return old
  }, { replace: true })
  const span = !slice.from && !slice.to ? 30 : Object.keys(spans).map(Number).find(n => lastDays(n).from === slice.from && lastDays(n).to === slice.to) ?? 0
  const earliest = dayjs().subtract(longest, 'day')
  return (
    <div className="slice-bar">
      <Segmented
        value={span}
        onChange={n => set(n === 30 ? { from: undefined, to: undefined } : lastDays(n))}
        options={Object.entries(spans).map(([n, key]) => ({ value: Number(n), label: t(key) }))}
      />
      <DateRangeInput
        aria-label={t('watch.custom')}
        allowClear={false}
        value={slice.from && slice.to ? [dayjs(slice.from), dayjs(slice.to)] : [dayjs().subtract(29, 'day'), dayjs()]}
        minDate={earliest}
        maxDate={dayjs()}
        onChange={days => days?.[0] && days[1] && set({ from: days[0].format('YYYY-MM-DD'), to: days[1].format('YYYY-MM-DD') })}
      />
      <Select
        allowClear
        aria-label={t('watch.version')}
        placeholder={t('watch.version')}
        value={slice.version}
        onChange={(version: string | undefined) => set({ version })}
        options={sop.versions.map(one => ({ value: String(one.version), label: t('workflows.versionN', { n: one.version }) }))}
        popupMatchSelectWidth={false}
        className="slice-version"
      />
      <div className="slice-ref"><ReferenceSelect field={{ references: 'unit', label: t('watch.unit') }} placeholder={t('watch.unit')} value={slice.unit} onChange={unit => set({ unit: (unit as string | null) ?? undefined })} /></div>
      <div className="slice-ref"><ReferenceSelect field={{ references: 'user', label: t('watch.owner') }} placeholder={t('watch.owner')} value={slice.owner} onChange={owner => set({ owner: (owner as string | null) ?? undefined })} /></div>
    </div>
  )
}
