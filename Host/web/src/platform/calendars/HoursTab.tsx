import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, TreeSelect } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { api } from '@/api/client'
import { say } from '@/app/feedback'
import { t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LinesSkeleton } from '@/ui/Skeletons'
import { TimeRangeInput } from '@/ui/dates'
import { treeOf, type Unit, type UnitNode } from '../units/tree'
import { allQuery } from '../users/users'
import { hoursQuery, weekdays, type Hours, type Stretch, type Weekday } from './calendars'

type Choice = { value: string; title: string; children: Choice[] }
const choice = ({ unit, children }: UnitNode): Choice => ({ value: unit.id, title: unit.name, children: children.map(choice) })

/** Working hours of a unit: its own, or what it has from above. */
export function HoursTab() {
  const units = useQuery(allQuery<Unit>('unit', 'units'))
  const tree = treeOf(units.data ?? [])
  const [chosen, choose] = useState<string | null>(null)
  const unit = chosen ?? tree[0]?.unit.id
  const hours = useQuery({ ...hoursQuery(unit ?? ''), enabled: unit !== undefined })
  const error = units.error ?? hours.error
  if (error) return <Failure error={error} again={() => void (units.isError ? units : hours).refetch()} />
  return (
    <>
      <div className="admin-bar">
        <TreeSelect treeDefaultExpandAll showSearch={{ treeNodeFilterProp: 'title' }} value={unit} onChange={choose} treeData={tree.map(choice)} aria-label={t('platform.units')} className="admin-search" popupMatchSelectWidth={false} />
      </div>
      {hours.data && unit ? <Week key={unit + String(hours.data.from?.id)} unit={unit} hours={hours.data} /> : <LinesSkeleton lines={7} />}
    </>
  )
}

const time = (text: string) => dayjs(`2000-01-01T${text.slice(0, 5)}`)

function Week({ unit, hours }: { unit: string; hours: Hours }) {
  const client = useQueryClient()
  const [week, setWeek] = useState(hours.hours)
  const own = hours.from?.id === unit
  const changed = JSON.stringify(week) !== JSON.stringify(hours.hours)
  const done = () => {
    say(t('app.saved'))
    return client.invalidateQueries({ queryKey: ['calendars', 'hours'] })
  }
  const save = useMutation({ mutationFn: () => api.put(`calendars/${unit}`, { zone: hours.zone, hours: week }), onSuccess: done })
  const drop = useMutation({ mutationFn: () => api.delete(`calendars/${unit}`), onSuccess: done })
  const set = (day: Weekday, stretches: Stretch[]) => setWeek({ ...week, [day]: stretches })
  return (
    <div className="panel panel-pad admin-narrow">
      <p className="muted">{own ? t('platform.ownHours') : hours.from ? t('platform.hoursFrom', { name: hours.from.name }) : t('platform.usualHours')} · {hours.zone}</p>
      {weekdays.map(day => {
        const stretches = week[day] ?? []
        return (
          <div key={day} className="hours-row">
            <strong>{t(`platform.${day}`)}</strong>
            <div className="hours-stretches">
              {stretches.length === 0 && <span className="muted">{t('platform.dayOff')}</span>}
              {stretches.map((stretch, i) => (
                <span key={i} className="hours-stretch">
                  <TimeRangeInput
                    allowClear={false}
                    format="HH:mm"
                    minuteStep={5}
                    value={[time(stretch.start), time(stretch.end)]}
                    onChange={times => times?.[0] && times[1] && set(day, stretches.map((one, j) => (j === i ? { start: times[0]!.format('HH:mm'), end: times[1]!.format('HH:mm') } : one)))}
                  />
                  <Button type="text" icon={<DeleteOutlined />} aria-label={`${t('app.delete')} ${t(`platform.${day}`)} ${i + 1}`} onClick={() => set(day, stretches.filter((_, j) => j !== i))} />
                </span>
              ))}
            </div>
            <Button type="text" icon={<PlusOutlined />} aria-label={`${t('platform.addStretch')} ${t(`platform.${day}`)}`} onClick={() => set(day, [...stretches, { start: stretches.at(-1)?.end.slice(0, 5) ?? '09:00', end: '18:00' }])} />
          </div>
        )
      })}
      <div className="role-acts">
        <Button type="primary" disabled={!changed} loading={save.isPending} onClick={() => save.mutate()}>{t('app.save')}</Button>
        {own && <Button loading={drop.isPending} onClick={() => drop.mutate()}>{t('platform.hoursOfParent')}</Button>}
      </div>
    </div>
  )
}
