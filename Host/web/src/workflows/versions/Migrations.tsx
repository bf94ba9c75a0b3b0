import { useQuery } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { label, t } from '@/texts'
import { LinesSkeleton } from '@/ui/Skeletons'
import { dateTime } from '@/ui/format'
import { migrationQuery, migrationsQuery, type Migration } from './versions'
import './versions.css'

/** Migrations of an SOP and how far they are; what stayed tells why. */
export function Migrations({ sopKey }: { sopKey: string }) {
  const list = useQuery(migrationsQuery(sopKey))
  const items = list.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section aria-label={t('versions.migrations')}>
      <h2 className="section-title">{t('versions.migrations')}</h2>
      <ul className="plain panel sop-list">{items.map(one => <Row key={one.id} sopKey={sopKey} migration={one} />)}</ul>
    </section>
  )
}

function Row({ sopKey, migration }: { sopKey: string; migration: Migration }) {
  const [open, setOpen] = useState(false)
  const { total, moved, refused, endedAt } = migration
  return (
    <li className="migration-row">
      <div className="sop-name">
        {t('versions.toVersion', { n: migration.to })}
        <span className="muted small">{[migration.createdBy?.name, dateTime(migration.createdAt)].filter(Boolean).join(' · ')}</span>
      </div>
      {!endedAt && <Progress percent={total === 0 ? 100 : Math.round(((moved + refused) / total) * 100)} size="small" aria-label={t('versions.migrations')} />}
      <div role="status">
        {t('versions.progress', { moved, total })}
        {refused > 0 && <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t('versions.stayedN', { n: refused })}</Button>}
      </div>
      {open && <Stayed sopKey={sopKey} id={migration.id} />}
    </li>
  )
}

function Stayed({ sopKey, id }: { sopKey: string; id: string }) {
  const one = useQuery(migrationQuery(sopKey, id))
  if (!one.data) return <LinesSkeleton lines={2} />
  return (
    <ul className="plain">
      {one.data.stayed.map(stayed => (
        <li key={stayed.run}>
          <Link to={`/runs/${stayed.run}`}>{stayed.record?.name ?? stayed.run}</Link> <span className="muted">{stayed.why.map(why => label(why)).join(' ')}</span>
        </li>
      ))}
    </ul>
  )
}
