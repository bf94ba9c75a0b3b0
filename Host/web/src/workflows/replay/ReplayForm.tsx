import { PlayCircleOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { keys } from '@/api/keys'
import { useCatalogue } from '@/app/me'
import { FilterBuilder } from '@/records/filter/FilterBuilder'
import { emptyGroup, toFilter, type Group } from '@/records/filter/model'
import { t } from '@/texts'
import { DateRangeInput } from '@/ui/dates'
import type { SopDetail } from '../sops/sops'
import { startReplay } from './replay'

type Props = { sop: SopDetail; version: string | null; started: (id: string) => void }

/** Which version, which period, which records. */
export function ReplayForm({ sop, version, started }: Props) {
  const { byKey } = useCatalogue()
  const client = useQueryClient()
  const type = byKey(sop.record)
  const [chosen, setChosen] = useState(version ?? (sop.draft || sop.state !== 'published' ? 'draft' : String(sop.version)))
  const [period, setPeriod] = useState<[dayjs.Dayjs, dayjs.Dayjs]>([dayjs().subtract(30, 'day').startOf('day'), dayjs().endOf('day')])
  const [group, setGroup] = useState<Group>(emptyGroup())
  const start = useMutation({
    mutationFn: () => startReplay(sop.key, { version: chosen, from: period[0].toISOString(), to: period[1].toISOString(), filter: toFilter(group) ?? undefined }),
    onSuccess: replay => {
      client.setQueryData(keys.replays('one', replay.id), replay)
      void client.invalidateQueries({ queryKey: keys.replays('list') })
      started(replay.id)
    },
  })
  const last = (days: number): [dayjs.Dayjs, dayjs.Dayjs] => [dayjs().subtract(days, 'day').startOf('day'), dayjs().endOf('day')]
  const versions = [...(sop.draft || sop.state !== 'published' ? [{ value: 'draft', label: t('workflows.draft') }] : []), ...sop.versions.map(v => ({ value: String(v.version), label: t('workflows.versionN', { n: v.version }) }))]
  return (
    <section className="panel replay-form">
      <h2>{t('trials.replaySetup')}</h2>
      <p className="muted">{t('trials.replayText')}</p>
      <Form layout="vertical">
        <div className="replay-fields">
          <Form.Item label={t('workflows.tab_versions')}><Select aria-label={t('workflows.tab_versions')} value={chosen} onChange={setChosen} options={versions} /></Form.Item>
          <Form.Item label={t('trials.period')}>
            <DateRangeInput
              value={period}
              allowClear={false}
              maxDate={dayjs().endOf('day')}
              onChange={next => next?.[0] && next[1] && setPeriod([next[0].startOf('day'), next[1].endOf('day')])}
              presets={[7, 30, 90, 365].map(days => ({ label: t('trials.lastDays', { n: days }), value: last(days) }))}
              style={{ width: '100%' }}
            />
          </Form.Item>
        </div>
        {type && <Form.Item label={t('trials.onlyThose')}><FilterBuilder type={type} value={group} onChange={setGroup} /></Form.Item>}
      </Form>
      <Button type="primary" size="large" icon={<PlayCircleOutlined />} loading={start.isPending} onClick={() => start.mutate()}>{t('trials.startReplay')}</Button>
    </section>
  )
}
