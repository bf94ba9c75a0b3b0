import { InputNumber, Select, Space } from 'antd'
import dayjs from 'dayjs'
import type { Field } from '@/api/types'
import { t } from '@/texts'
import { DateInput } from '@/ui/dates'
import type { Condition } from './model'
import { isRelative, readRelative, writeRelative } from './relative'

type Props = { field: Field; value: Condition['value']; onChange: (value: Condition['value']) => void }

/** A day or time: fixed, or so many days or hours before or after now. */
export function MomentValue({ field, value, onChange }: Props) {
  const isDate = field.type === 'date'
  const base = isDate ? 'today' : 'now'
  const relative = isRelative(value) ? readRelative(value) : null
  const mode = relative ? (relative.amount === 0 ? 'now' : relative.before ? 'before' : 'after') : 'fixed'
  const unit = relative?.unit ?? 'D'

  const choose = (next: string) => {
    if (next === 'fixed') onChange(undefined)
    else onChange(writeRelative(base, { amount: next === 'now' ? 0 : relative?.amount || 3, unit: isDate ? 'D' : unit, before: next === 'before' }))
  }
  return (
    <Space.Compact block>
      <Select
        aria-label={t('records.momentKind')}
        popupMatchSelectWidth={false}
        value={mode}
        onChange={choose}
        style={{ flex: '0 0 auto', minWidth: 104 }}
        options={[
          { value: 'fixed', label: isDate ? t('records.onDay') : t('records.atTime') },
          { value: 'now', label: isDate ? t('records.p_today') : t('records.now') },
          { value: 'before', label: t('records.before') },
          { value: 'after', label: t('records.after') },
        ]}
      />
      {mode === 'fixed' && (
        <DateInput
          showTime={isDate ? undefined : { format: 'HH:mm' }}
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={day => onChange(day ? (isDate ? day.format('YYYY-MM-DD') : day.toISOString()) : undefined)}
        />
      )}
      {relative && mode !== 'now' && mode !== 'fixed' && (
        <>
          <InputNumber
            min={1}
            max={3650}
            precision={0}
            aria-label={t('records.amount')}
            value={relative.amount}
            onChange={amount => amount && onChange(writeRelative(base, { ...relative, amount }))}
          />
          <Select
            aria-label={t('records.unit')}
            popupMatchSelectWidth={false}
            value={unit}
            onChange={next => onChange(writeRelative(base, { ...relative, unit: next }))}
            options={[{ value: 'D' as const, label: t('records.days') }, ...(isDate ? [] : [{ value: 'H' as const, label: t('records.hours') }])]}
          />
        </>
      )}
    </Space.Compact>
  )
}
