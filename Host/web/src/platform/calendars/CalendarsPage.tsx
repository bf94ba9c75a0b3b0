import { Tabs } from 'antd'
import { useSearchParams } from 'react-router'
import { t } from '@/texts'
import { AdminSection } from '../AdminSection'
import { HolidaysTab } from './HolidaysTab'
import { HoursTab } from './HoursTab'

/** When work is done: hours by unit, holidays by year. Due times count by it. */
export function CalendarsPage() {
  const [search, setSearch] = useSearchParams()
  const tab = search.get('tab') ?? 'holidays'
  return (
    <AdminSection
      title={t('platform.calendars')}
      below={<Tabs activeKey={tab} onChange={key => setSearch({ tab: key }, { replace: true })} items={[{ key: 'holidays', label: t('platform.holidays') }, { key: 'hours', label: t('platform.workingHours') }]} />}
    >
      {tab === 'hours' ? <HoursTab /> : <HolidaysTab />}
    </AdminSection>
  )
}
