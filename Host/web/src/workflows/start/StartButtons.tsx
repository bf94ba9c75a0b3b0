import { PlayCircleOutlined } from '@ant-design/icons'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown, Form, Modal } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Rec, RecordType } from '@/api/types'
import { say } from '@/app/feedback'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'

type StartButton = { key: string; label: Label; choosePeople: boolean }

/** More than this hang in a menu. */
const most = 2

const buttonsQuery = (type: string) =>
  queryOptions({ queryKey: keys.sops('buttons', type), queryFn: () => api.get<Page<StartButton>>('sops/buttons', { type }), staleTime: 5 * 60_000 })

/** Starts SOPs on a record by hand. */
export default function StartButtons({ type, record }: { type: RecordType; record: Rec }) {
  const client = useQueryClient()
  const buttons = useQuery(buttonsQuery(type.key)).data?.items ?? []
  const [choosing, setChoosing] = useState<StartButton | null>(null)
  const start = useMutation({
    mutationFn: ({ button, people }: { button: StartButton; people?: string[] }) => api.post(`sops/${button.key}/start`, { recordId: record.id, people }),
    onSuccess: (_, { button }) => {
      say(t('designer.started', { name: label(button.label) }))
      setChoosing(null)
      void client.invalidateQueries({ queryKey: keys.runs() })
      void client.invalidateQueries({ queryKey: keys.type(type.key) })
    },
  })
  const press = (button: StartButton) => (button.choosePeople ? setChoosing(button) : start.mutate({ button }))
  if (buttons.length === 0) return null
  return (
    <>
      {buttons.length <= most
        ? buttons.map(button => <Button key={button.key} icon={<PlayCircleOutlined />} loading={start.isPending} onClick={() => press(button)}>{label(button.label)}</Button>)
        : (
          <Dropdown trigger={['click']} menu={{ items: buttons.map(button => ({ key: button.key, label: label(button.label), onClick: () => press(button) })) }}>
            <Button icon={<PlayCircleOutlined />} loading={start.isPending}>{t('designer.startSop')}</Button>
          </Dropdown>
        )}
      {choosing && <ChoosePeople button={choosing} busy={start.isPending} close={() => setChoosing(null)} done={people => start.mutate({ button: choosing, people })} />}
    </>
  )
}

type ChooseProps = { button: StartButton; busy: boolean; close: () => void; done: (people: string[]) => void }

/** Who is to do it: the SOP asks whoever starts it. */
function ChoosePeople({ button, busy, close, done }: ChooseProps) {
  const [form] = Form.useForm<{ people: string[] }>()
  return (
    <Modal open title={label(button.label)} okText={t('designer.start')} cancelText={t('app.cancel')} confirmLoading={busy} onOk={form.submit} onCancel={close}>
      <Form form={form} layout="vertical" onFinish={({ people }) => done(people)}>
        <Form.Item name="people" label={t('designer.choosePeople')} rules={[{ required: true, message: t('designer.peopleNeeded') }]}>
          <ReferenceSelect many field={{ references: 'user', label: t('designer.choosePeople') }} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
