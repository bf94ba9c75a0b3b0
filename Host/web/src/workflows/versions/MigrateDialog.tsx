import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { say } from '@/app/feedback'
import { t } from '@/texts'
import { PreviewView } from './PreviewView'
import type { Migration, StepMap } from './versions'

type Props = { sopKey: string; version: number; run?: string; close: () => void }

/** Moves all open runs of an SOP, or one, to a version, after showing what that means. */
export function MigrateDialog({ sopKey, version, run, close }: Props) {
  const client = useQueryClient()
  const [map, setMap] = useState<StepMap>({})
  const move = useMutation({
    mutationFn: () => run
      ? api.post<unknown>(`runs/${run}/migrate`, { to: String(version), map }).then(() => null)
      : api.post<Migration>(`sops/${sopKey}/migration`, { to: String(version), map }),
    onSuccess: async migration => {
      say(migration ? t('versions.begun', { n: migration.total }) : t('versions.moved1', { n: version }))
      close()
      await Promise.all([client.invalidateQueries({ queryKey: keys.migrations() }), client.invalidateQueries({ queryKey: keys.runs() }), client.invalidateQueries({ queryKey: keys.sops() })])
    },
  })
  return (
    <Modal
      open
      width={680}
      title={t(run ? 'versions.migrateRun' : 'versions.migrateTitle', { n: version })}
      onCancel={close}
      onOk={() => move.mutate()}
      okText={t(run ? 'versions.migrateRun' : 'versions.migrateRuns', { n: version })}
      cancelText={t('app.cancel')}
      confirmLoading={move.isPending}
    >
      <p className="muted">{t('versions.migrateText')}</p>
      <PreviewView wish={{ key: sopKey, to: String(version), runs: run ? [run] : undefined }} map={map} setMap={setMap} />
    </Modal>
  )
}
