import { EditOutlined, MoreOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ask, say } from '@/app/feedback'
import { useCan } from '@/app/me'
import { label, t } from '@/texts'
import { usePaper } from '../picture/usePaper'
import { PublishDialog } from './PublishDialog'
import { download } from './sopFile'
import { useWords, type SopDetail } from './sops'

export function SopActions({ sop }: { sop: SopDetail }) {
  const can = useCan()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [publishing, setPublishing] = useState(false)
  const retire = useMutation({
    mutationFn: () => api.post(`sops/${sop.key}/retire`),
    onSuccess: () => {
      say(t('workflows.retired'))
      return client.invalidateQueries({ queryKey: keys.sops() })
    },
  })
  const askRetire = async () => {
    if (await ask(t('workflows.retireAsk', { name: label(sop.name) }), { content: t('workflows.retireText', { n: sop.openRuns }), ok: t('workflows.retire'), danger: true })) retire.mutate()
  }
  const { picture, print, sheet } = usePaper(useWords(sop.definition))
  const menu = [
    ...(can('sop.manage') ? [
      { key: 'trial', label: t('trials.menuTrial'), onClick: () => void navigate(`/sops/${sop.key}/trial`) },
      { key: 'replay', label: t('trials.menuReplay'), onClick: () => void navigate(`/sops/${sop.key}/replay`) },
    ] : []),
    { key: 'export', label: t('workflows.exportJson'), onClick: () => download(`${sop.key}.json`, JSON.stringify(sop.definition, null, 2)) },
    { key: 'svg', label: t('designer.exportSvg'), onClick: () => picture('svg') },
    { key: 'png', label: t('designer.exportPng'), onClick: () => picture('png') },
    { key: 'print', label: t('designer.print'), onClick: print },
    ...(sop.state === 'published' && can('sop.manage') ? [{ key: 'retire', danger: true, label: t('workflows.retire'), onClick: () => void askRetire() }] : []),
  ]
  const publishable = (sop.draft || sop.state !== 'published') && can('sop.manage')
  return (
    <>
      {can('sop.manage') && (
        <Button icon={<EditOutlined />} onClick={() => void navigate(`/sops/${sop.key}?edit=1`)}>{t(sop.draft ? 'workflows.editDraft' : 'app.edit')}</Button>
      )}
      {publishable && <Button type="primary" onClick={() => setPublishing(true)}>{t('workflows.publish')}</Button>}
      <Dropdown menu={{ items: menu }} trigger={['click']}><Button icon={<MoreOutlined />} aria-label={t('app.more')} /></Dropdown>
      {sheet}
      {publishing && <PublishDialog sop={sop} close={() => setPublishing(false)} />}
    </>
  )
}
