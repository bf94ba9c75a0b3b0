import { CopyOutlined, FileAddOutlined, InboxOutlined, SnippetsOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Form, Input, Modal, Select, Upload } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page } from '@/api/types'
import { warn } from '@/app/feedback'
import { useCatalogue } from '@/app/me'
import { queryClient } from '@/app/queries'
import { label, t } from '@/texts'
import { showProblem } from '@/ui/forms'
import type { Sop } from '../definition/sop'
import { freeKey, isSop } from './sopFile'
import { sopsQuery, type SopDetail } from './sops'

type Template = { key: string; name: Label; about: Label | null; definition: Sop }
type Values = { name: string; record: string }

const empty = (): Sop => ({ key: '', name: { zh: '', en: '' }, record: 'lead', triggers: [{ kind: 'created' }], steps: [] })

/** Begins an SOP from nothing, a template or a file: always as a draft. */
export function NewSop({ close }: { close: () => void }) {
  const navigate = useNavigate()
  const { types } = useCatalogue()
  const [form] = Form.useForm<Values>()
  const [from, setFrom] = useState<Sop>(empty)
  const templates = useQuery({ queryKey: keys.sops('templates'), queryFn: () => api.get<Page<Template>>('sops/templates'), staleTime: 30 * 60_000 })
  const sops = useQuery(sopsQuery)
  const copy = useMutation({
    mutationFn: (key: string) => api.get<SopDetail>(`sops/${key}`),
    onSuccess: ({ definition }) => take({ ...definition, name: { zh: t('versions.copyName', { name: definition.name.zh }), en: t('versions.copyName', { name: definition.name.en }) } }),
  })
  const take = (sop: Sop) => {
    setFrom(sop)
    form.setFieldsValue({ name: label(sop.name), record: sop.record })
  }
  const make = useMutation({
    mutationFn: async ({ name, record }: Values) => {
      const key = freeKey(from.key || name)
      const kept = label(from.name) === name ? from.name : { zh: name, en: name }
      await api.put(`sops/${key}`, { ...from, key, name: kept, record })
      return key
    },
    meta: { quiet: true },
    onError: error => showProblem(form, error),
    onSuccess: async key => {
      await queryClient.invalidateQueries({ queryKey: keys.sops() })
      // the first question of an empty one is what starts it
      void navigate(`/sops/${key}?edit=1${from.steps.length === 0 ? '&step=start' : ''}`)
    },
  })
  const read = async (file: File) => {
    try {
      const sop: unknown = JSON.parse(await file.text())
      if (isSop(sop)) take(sop)
      else warn(t('workflows.notAnSop'))
    } catch {
      warn(t('workflows.notAnSop'))
    }
  }
  return (
    <Modal open title={t('workflows.newSop')} onCancel={close} okText={t('workflows.createDraft')} cancelText={t('app.cancel')} confirmLoading={make.isPending} onOk={form.submit} width={640} style={{ top: 40 }}>
      <div className="sop-sources" role="radiogroup" aria-label={t('workflows.startFrom')}>
        <Source icon={<FileAddOutlined />} title={t('workflows.fromEmpty')} text={t('workflows.fromEmptyText')} chosen={from.steps.length === 0} take={() => take(empty())} />
        {templates.data?.items.map(template => (
          <Source
            key={template.key}
            icon={<SnippetsOutlined />}
            title={label(template.name)}
            text={label(template.about)}
            chosen={from === template.definition}
            take={() => take(template.definition)}
          />
        ))}
      </div>
      {(sops.data?.items.length ?? 0) > 0 && (
        <div className="sop-copy">
          <CopyOutlined aria-hidden /> <span>{t('versions.copyOf')}</span>
          <Select
            aria-label={t('versions.copyOf')}
            placeholder={t('versions.chooseSop')}
            showSearch={{ optionFilterProp: 'label' }}
            loading={copy.isPending}
            onChange={(key: string) => copy.mutate(key)}
            options={sops.data?.items.map(sop => ({ value: sop.key, label: label(sop.name) }))}
          />
        </div>
      )}
      <Upload.Dragger accept=".json,application/json" showUploadList={false} beforeUpload={file => { void read(file); return false }} className="sop-drop">
        <InboxOutlined /> {t('workflows.fromFile')}
      </Upload.Dragger>
      <Form form={form} layout="vertical" initialValues={{ record: 'lead' }} onFinish={values => make.mutate(values)}>
        <Form.Item name="name" label={t('workflows.sopName')} rules={[{ required: true, whitespace: true, message: t('app.nameNeeded') }]}>
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="record" label={t('workflows.sopRecord')} extra={t('workflows.sopRecordHelp')}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={types.map(type => ({ value: type.key, label: label(type.label) }))} disabled={from.steps.length > 0} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

type SourceProps = { icon: React.ReactNode; title: string; text: string; chosen: boolean; take: () => void }

const Source = ({ icon, title, text, chosen, take }: SourceProps) => (
  <button type="button" role="radio" aria-checked={chosen} className={chosen ? 'sop-source chosen' : 'sop-source'} onClick={take}>
    <span className="sop-mark" aria-hidden>{icon}</span>
    <span><strong>{title}</strong><span className="muted small">{text}</span></span>
  </button>
)
