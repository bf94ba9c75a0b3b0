import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { t } from '@/texts'
import { countsOf } from './changes'
import { compareQuery } from './versions'

/** How much the draft differs from what is published; leads to the comparison. */
export function ChangeCounts({ sopKey, version }: { sopKey: string; version: number }) {
  const comparison = useQuery({ ...compareQuery(sopKey, String(version), 'draft'), staleTime: 0 })
  if (!comparison.data) return null
  const counts = countsOf(comparison.data)
  const said = (['added', 'changed', 'moved', 'removed'] as const).filter(mark => counts[mark] > 0).map(mark => t('versions.countN', { what: t(`versions.mark_${mark}`), n: counts[mark] }))
  const none = said.length === 0
  return (
    <p>
      {none ? t('versions.same', { n: version }) : t('versions.counts', { n: version, changes: said.join(t('workflows.comma')) })}{' '}
      {!none && <Link to={`/sops/${sopKey}/compare?from=${version}&to=draft`} target="_blank">{t('versions.compare')}</Link>}
    </p>
  )
}
