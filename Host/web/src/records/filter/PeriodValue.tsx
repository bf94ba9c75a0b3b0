import { InputNumber, Select, Space } from 'antd'
import { t } from '@/texts'
import { periods, type Period } from './model'

/** A period named by words (this month) or by a number of days, today included. */
export function PeriodValue({ value, onChange }: { value: Period | undefined; onChange: (value: Period) => void }) {
  const days = typeof value === 'object' ? ('last' in value ? value.last : value.next) : undefined
  const kind = typeof value === 'string' ? value : value ? ('last' in value ? 'last' : 'next') : undefined
  const choose = (next: string) => onChange(next === 'last' ? { last: days ?? 7 } : next === 'next' ? { next: days ?? 7 } : next)
  return (
    <Space.Compact block>
      <Select
        aria-label={t('records.period')}
        value={kind}
        onChange={choose}
        popupMatchSelectWidth={false}
        options={[
          ...periods.map(period => ({ value: period as string, label: t(`records.p_${period}`) })),
          { value: 'last', label: t('records.lastDays') },
          { value: 'next', label: t('records.nextDays') },
        ]}
      />
      {days !== undefined && (
        <InputNumber
          min={1}
          max={3650}
          precision={0}
          value={days}
          suffix={t('records.days')}
          aria-label={t('records.days')}
          onChange={n => n && onChange(kind === 'next' ? { next: n } : { last: n })}
        />
      )}
    </Space.Compact>
  )
}
