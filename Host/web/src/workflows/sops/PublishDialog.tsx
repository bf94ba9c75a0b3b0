import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { api, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import { report, say } from '@/app/feedback'
import { label, t } from '@/texts'
import { LinesSkeleton } from '@/ui/Skeletons'
import { ChangeCounts } from '../versions/ChangeCounts'
import { OverdueChoice } from '../versions/OverdueChoice'
import { RunningChoice, type Running } from '../versions/RunningChoice'
import type { Migration, StepMap } from '../versions/versions'
import { ProblemList } from './ProblemList'
import { problemsOf, type SopDetail, type SopSummary } from './sops'

/** Checks the draft, asks for a note and what happens to running ones, and publishes it. */
export function PublishDialog({ sop, close }: { sop: SopSummary; close: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form] = Form.useForm<{ note: string }>()
  const [running, setRunning] = useState<Running>('stay')
  const [map, setMap] = useState<StepMap>({})
  const [overdue, setOverdue] = useState(false)
  // a second press before the answer publishes no second version
  const key = useRef(newKey())
  const check = useQuery({
    queryKey: keys.sops('check', sop.key),
    queryFn: async () => problemsOf((await api.get<SopDetail>(`sops/${sop.key}`, { version: 'draft' })).definition),
    staleTime: 0,
    gcTime: 0,
  })
  const publish = useMutation({
    mutationFn: (values: { note: string }) => api.post<{ migration?: Migration | null }>(`sops/${sop.key}/publish`, { ...values, running, overdue, map: running === 'migrate' ? map : undefined }, { idempotencyKey: key.current }),
    meta: { quiet: true },
    onError: error => {
      report(error)
      void check.refetch()
    },
    onSuccess: async ({ migration }) => {
      say(migration ? `${t('workflows.published')} · ${t('versions.begun', { n: migration.total })}` : t('workflows.published'))
      close()
      await Promise.all([client.invalidateQueries({ queryKey: keys.sops() }), client.invalidateQueries({ queryKey: keys.migrations() })])
      void navigate(`/sops/${sop.key}${migration && migration.total > 0 ? '?tab=versions' : ''}`)
    },
  })
  const problems = check.data ?? []
  const blocked = check.isPending || problems.some(problem => problem.severity === 'error')
  return (
    <Modal
      open
      title={t('workflows.publishTitle', { name: label(sop.name) })}
      width={running === 'migrate' ? 680 : 520}
      onCancel={close}
      onOk={form.submit}
      okText={t('workflows.publish')}
      cancelText={t('app.cancel')}
      okButtonProps={{ disabled: blocked }}
      confirmLoading={publish.isPending}
    >
      {check.isPending ? <LinesSkeleton lines={2} /> : problems.length > 0 && <ProblemList problems={problems} open={step => { close(); void navigate(`/sops/${sop.key}?edit=1&step=${step ?? 'start'}`) }} />}
      {sop.version !== null && <ChangeCounts sopKey={sop.key} version={sop.version} />}
      <Form form={form} layout="vertical" onFinish={values => publish.mutate(values)}>
        <Form.Item name="note" label={t('workflows.note')} rules={[{ required: true, whitespace: true, message: t('workflows.noteNeeded') }]}>
          <Input.TextArea rows={3} maxLength={500} placeholder={t('workflows.notePlaceholder')} autoFocus />
        </Form.Item>
      </Form>
      <OverdueChoice sopKey={sop.key} sound={!blocked} start={overdue} choose={setOverdue} />
      <RunningChoice sopKey={sop.key} runs={sop.openRuns} running={running} choose={setRunning} map={map} setMap={setMap} />
    </Modal>
  )
}
