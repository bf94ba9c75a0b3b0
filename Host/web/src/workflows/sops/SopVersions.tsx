import { Button } from 'antd'
import { useNavigate } from 'react-router'
import { useCan } from '@/app/me'
import { t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Person } from '@/ui/Person'
import { dateTime } from '@/ui/format'
import type { SopDetail } from './sops'
import { useSaveDraft } from './useDraft'
import { api } from '@/api/client'

/** What was published, when, by whom and why; any of it can become the draft again. */
export function SopVersions({ sop, shown }: { sop: SopDetail; shown: string | null }) {
  const navigate = useNavigate()
  const can = useCan()
  const save = useSaveDraft(sop.key)
  if (sop.versions.length === 0) return <Blank title={t('workflows.noVersions')} text={t('workflows.noVersionsText')} />
  const asDraft = async (version: number) => {
    const old = await api.get<SopDetail>(`sops/${sop.key}`, { version })
    await save.mutateAsync({ definition: old.definition })
    void navigate(`/sops/${sop.key}?edit=1`)
  }
  return (
    <ul className="plain panel sop-list">
      {sop.versions.map(version => (
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
          {can('sop.manage') && <Button onClick={() => void asDraft(version.version)} loading={save.isPending}>{t('workflows.toDraft')}</Button>}
        </li>
      ))}
    </ul>
  )
}
