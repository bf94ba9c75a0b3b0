import { EllipsisOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tooltip } from 'antd'
import { memo, useRef } from 'react'
import { useNavigate } from 'react-router'
import { warn } from '@/app/feedback'
import { t } from '@/texts'
import type { Sop } from '../definition/sop'
import { download, isSop } from '../sops/sopFile'
import type { Design } from './useDesign'

type Props = Pick<Design, 'undo' | 'redo' | 'canUndo' | 'canRedo' | 'now' | 'apply'> & { saved: boolean; help: () => void; picture: (kind: 'svg' | 'png') => void; print: () => void; close: () => void; publish: () => void }

/** What concerns the whole draft. */
export const Toolbar = memo(function Toolbar({ undo, redo, canUndo, canRedo, now, apply, saved, help, picture, print, close, publish }: Props) {
  const file = useRef<HTMLInputElement>(null)
  const read = async (chosen: File | undefined) => {
    const draft: unknown = await chosen?.text().then(text => JSON.parse(text) as unknown).catch(() => null)
    if (isSop(draft)) apply({ ...draft, key: now().key } satisfies Sop)
    else warn(t('workflows.notAnSop'))
  }
  const navigate = useNavigate()
  const items = [
    { key: 'trial', label: t('trials.menuTrial'), disabled: !saved, onClick: () => void navigate(`/sops/${now().key}/trial?version=draft`) },
    { key: 'replay', label: t('trials.menuReplay'), disabled: !saved, onClick: () => void navigate(`/sops/${now().key}/replay?version=draft`) },
    { type: 'divider' as const },
    { key: 'json', label: t('workflows.exportJson'), onClick: () => download(`${now().key}.json`, JSON.stringify(now(), null, 2)) },
    { key: 'svg', label: t('designer.exportSvg'), onClick: () => picture('svg') },
    { key: 'png', label: t('designer.exportPng'), onClick: () => picture('png') },
    { key: 'print', label: t('designer.print'), onClick: print },
    { type: 'divider' as const },
    { key: 'import', label: t('workflows.importJson'), onClick: () => file.current?.click() },
    { key: 'keys', label: t('designer.keys'), onClick: help },
  ]
  return (
    <>
      <Tooltip title={t('workflows.undo')}><Button icon={<UndoOutlined />} aria-label={t('workflows.undo')} disabled={!canUndo} onClick={undo} /></Tooltip>
      <Tooltip title={t('workflows.redo')}><Button icon={<RedoOutlined />} aria-label={t('workflows.redo')} disabled={!canRedo} onClick={redo} /></Tooltip>
      <Dropdown menu={{ items }} trigger={['click']}><Button icon={<EllipsisOutlined />} aria-label={t('app.more')} /></Dropdown>
      <input ref={file} type="file" accept=".json,application/json" hidden aria-label={t('workflows.importJson')} onChange={event => { void read(event.target.files?.[0]); event.target.value = '' }} />
      <Button onClick={close}>{t('app.close')}</Button>
      <Button type="primary" disabled={!saved} onClick={publish}>{t('workflows.publish')}</Button>
    </>
  )
})
