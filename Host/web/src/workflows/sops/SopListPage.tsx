import { ApartmentOutlined, ExclamationCircleFilled, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useCan, useCatalogue } from '@/app/me'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { Page } from '@/ui/Page'
import { RowsSkeleton } from '@/ui/Skeletons'
import { ago } from '@/ui/format'
import { NewSop } from './NewSop'
import { SopState } from './SopState'
import { sopsQuery, type SopSummary } from './sops'
import './sops.css'

export function SopListPage() {
  const list = useQuery(sopsQuery)
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const add = can('sop.manage') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('workflows.newSop')}</Button>
  const items = list.data?.items ?? []
  return (
    <Page title={t('workflows.sops')} note={items.length > 0 ? items.length : undefined} actions={items.length > 0 && add}>
      {list.isPending ? <RowsSkeleton rows={5} /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : items.length === 0 ? (
        <Blank icon={<ApartmentOutlined />} title={t('workflows.noSops')} text={t('workflows.noSopsText')}>{add}</Blank>
      ) : (
        <ul className="plain panel sop-list">{items.map(sop => <SopRow key={sop.key} sop={sop} />)}</ul>
      )}
      {adding && <NewSop close={() => setAdding(false)} />}
    </Page>
  )
}

function SopRow({ sop }: { sop: SopSummary }) {
  const { byKey } = useCatalogue()
  return (
    <li className="sop-row">
      <span className="sop-mark" aria-hidden><ApartmentOutlined /></span>
      <div className="grow">
        <div className="sop-name">
          <Link to={`/sops/${sop.key}`}>{label(sop.name)}</Link>
          <SopState state={sop.state} />
          {sop.draft && sop.state === 'published' && <span className="chip chip-gold">{t('workflows.hasDraft')}</span>}
        </div>
        <div className="muted small">
          {[label(byKey(sop.record)?.label) || sop.record, sop.version && t('workflows.versionN', { n: sop.version }), ago(sop.updatedAt)].filter(Boolean).join(' · ')}
        </div>
      </div>
      {sop.incidents > 0 && (
        <Link to={`/runs?sop=${sop.key}&state=incident`} className="sop-bad"><ExclamationCircleFilled /> {t('workflows.incidentsN', { n: sop.incidents })}</Link>
      )}
      <Link to={`/runs?sop=${sop.key}`} className="sop-runs nums">{t('workflows.openRunsN', { n: sop.openRuns })}</Link>
    </li>
  )
}
