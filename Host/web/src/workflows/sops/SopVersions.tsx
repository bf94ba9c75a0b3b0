import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { ask } from '@/app/feedback'
import { useCan } from '@/app/me'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Person } from '@/ui/Person'
import { dateTime } from '@/ui/format'
import { MigrateDialog } from '../versions/MigrateDialog'
import { Migrations } from '../versions/Migrations'
import type { SopDetail } from './sops'

/** What was published, when, by whom and why; any of it can be compared, become the draft again, or take over what is running. */
export function SopVersions({ sop, shown }: { sop: SopDetail; shown: string | null }) {
  const navigate = useNavigate()
  const can = useCan()
  const client = useQueryClient()
  const [migrating, setMigrating] = useState(false)
  const toDraft = useMutation({
    mutationFn: (version: number) => api.post(`sops/${sop.key}/versions/${version}/draft`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.sops() })
      void navigate(`/sops/${sop.key}?edit=1`)
    },
  })
  if (sop.versions.length === 0) return <Blank title={t('workflows.noVersions')} text={t('workflows.noVersionsText')} />
  const asDraft = async (version: number) => {
    if (!sop.draft || await ask(t('versions.overDraft', { n: version }), { content: t('versions.overDraftText'), ok: t('versions.replace'), danger: true })) toDraft.mutate(version)
  }
  const compare = (from: number | undefined, to: number | 'draft') => void navigate(`/sops/${sop.key}/compare?from=${from ?? to}&to=${to}`)
  return (
    <>
      <div className="versions-head">
        {sop.draft && sop.version !== null && <Button onClick={() => compare(sop.version!, 'draft')}>{t('versions.compare')}: {t('workflows.versionN', { n: sop.version })} → {t('versions.draft')}</Button>}
        {sop.version !== null && sop.versions.length > 1 && sop.openRuns > 0 && can('run.manage') && <Button onClick={() => setMigrating(true)}>{t('versions.migrateRuns')}</Button>}
      </div>
      <Migrations sopKey={sop.key} />
      <ul className="plain panel sop-list">
        {sop.versions.map((version, i) => (
          <li key={version.version} className="sop-row">
            <div className="grow">
              <div className="sop-name">
                {t('workflows.versionN', { n: version.version })}
                {version.version === sop.version && <span className="chip chip-green">{t('workflows.current')}</span>}
                {version.retiredAt && <span className="chip chip-none">{t('workflows.state_retired')}</span>}
              </div>
              <div>{version.note || <span className="muted">{t('workflows.noNote')}</span>}</div>
              <div className="muted small version-by"><Person of={version.publishedBy} size={18} /> {dateTime(version.publishedAt)}</div>
            </div>
            {String(version.version) !== shown && <Button onClick={() => void navigate(`/sops/${sop.key}?version=${version.version}`)}>{t('workflows.show')}</Button>}
            {sop.versions.length > 1 && <Button onClick={() => compare(sop.versions[i + 1]?.version ?? version.version, sop.versions[i + 1] ? version.version : sop.versions[0]!.version)}>{t('versions.compare')}</Button>}
            {can('sop.manage') && <Button onClick={() => void asDraft(version.version)} loading={toDraft.isPending && toDraft.variables === version.version}>{t('workflows.toDraft')}</Button>}
          </li>
        ))}
      </ul>
      {migrating && <MigrateDialog sopKey={sop.key} version={sop.version!} close={() => setMigrating(false)} />}
    </>
  )
}
