import { TeamOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'
import type { PeopleRule } from '../../definition/sop'
import { useSample, useToday } from '../sample'

/** Who a rule means today, for the sample record. */
export function Today({ rule }: { rule: PeopleRule }) {
  const found = useToday(rule)
  if (rule.by === 'initiator' || rule.by === 'initiatorsChoice' || !found.data || found.isError) return null
  const { people, count } = found.data
  return (
    <div className={count === 0 ? 'design-preview problem-warning' : 'design-preview'} role="status">
      <TeamOutlined aria-hidden />
      <span className="grow">
        {count === 0
          ? t('designer.nobodyToday')
          : t('designer.today', { people: people.map(one => (one.standsInFor ? t('designer.standsIn', { name: one.name, other: one.standsInFor.name }) : one.name)).join(t('workflows.comma')) })}
        {count > people.length && ` ${t('designer.andMore', { n: count - people.length })}`}
      </span>
      <SamplePicker />
    </div>
  )
}

/** Which record previews are made of. */
export function SamplePicker() {
  const { type, record, choose } = useSample()
  const [open, setOpen] = useState(false)
  if (!type) return null
  const picker = (
    <div style={{ width: 280 }}>
      <ReferenceSelect field={{ references: type.key, label: t('designer.sample') }} value={record?.id} known={record} onChange={id => { choose((id as string | null) ?? null); setOpen(false) }} />
    </div>
  )
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" content={picker} destroyOnHidden>
      <Button type="text" size="small" className="design-sample" aria-label={record ? t('designer.sampleIs', { name: record.name }) : undefined}>
        {record ? record.name : t('designer.noSample', { type: label(type.label) })}
      </Button>
    </Popover>
  )
}
