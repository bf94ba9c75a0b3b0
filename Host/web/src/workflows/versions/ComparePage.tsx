import { ArrowRightOutlined, SwapOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented, Select } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useVeryWide } from '@/app/useWide'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { Page } from '@/ui/Page'
import { LinesSkeleton, PageSkeleton } from '@/ui/Skeletons'
import type { Mark } from '../canvas/context'
import { sopQuery, useWords } from '../sops/sops'
import '../sops/sops.css'
import type { Words } from '../words/context'
import { ChangeList } from './ChangeList'
import { marksOf } from './changes'
import { compareQuery, versionsQuery, type Comparison } from './versions'
import './versions.css'

const FlowCanvas = lazy(() => import('../canvas/FlowCanvas'))

/** Two versions of an SOP side by side, what differs marked on both and told in sentences. */
export function ComparePage() {
  const { key = '' } = useParams()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const sop = useQuery(sopQuery(key))
  const versions = useQuery(versionsQuery(key))
  const newest = versions.data?.items[0]?.version
  const to = search.get('to') ?? (sop.data?.draft ? 'draft' : String(newest ?? ''))
  const from = search.get('from') ?? String((to === 'draft' ? newest : versions.data?.items[1]?.version) ?? newest ?? '')
  const ready = sop.isSuccess && versions.isSuccess && from !== '' && to !== ''
  const comparison = useQuery({ ...compareQuery(key, from, to), enabled: ready })
  const choose = (next: { from?: string; to?: string }) => setSearch({ from, to, ...next }, { replace: true })
  const error = sop.error ?? versions.error ?? comparison.error
  if (error) return <Failure error={error} again={() => void comparison.refetch()} />
  if (!sop.data || !versions.data) return <PageSkeleton />
  const options = [
    ...(sop.data.draft || sop.data.state !== 'published' ? [{ value: 'draft', label: t('versions.draft') }] : []),
    ...versions.data.items.map(one => ({ value: String(one.version), label: `${t('workflows.versionN', { n: one.version })}${one.note ? ` · ${one.note}` : ''}` })),
  ]
  return (
    <Page
      full
      title={`${t('versions.title')}: ${label(sop.data.name)}`}
      actions={<Button onClick={() => void navigate(`/sops/${key}?tab=versions`)}>{t('app.close')}</Button>}
      below={
        <div className="compare-choice">
          <Select aria-label={t('versions.before')} value={from} options={options} onChange={value => choose({ from: value })} popupMatchSelectWidth={360} />
          <ArrowRightOutlined className="muted" />
          <Select aria-label={t('versions.after')} value={to} options={options} onChange={value => choose({ to: value })} popupMatchSelectWidth={360} />
          <Button icon={<SwapOutlined />} aria-label={`${t('versions.after')} ⇄ ${t('versions.before')}`} onClick={() => choose({ from: to, to: from })} />
        </div>
      }
    >
      {comparison.data ? <Sides comparison={comparison.data} /> : <LinesSkeleton lines={6} />}
    </Page>
  )
}

function Sides({ comparison }: { comparison: Comparison }) {
  const [before, after] = [useWords(comparison.from.definition, true), useWords(comparison.to.definition, true)]
  const [selected, select] = useState<string | null>(null)
  const [shown, show] = useState<'list' | 'before' | 'after'>('list')
  const wide = useVeryWide()
  const marks = useMemo(() => ({ before: marksOf(comparison, 'before'), after: marksOf(comparison, 'after') }), [comparison])
  if (!before || !after) return <LinesSkeleton lines={6} />
  const none = comparison.steps.length === 0 && comparison.head.length === 0
  const list = none ? <Blank title={t('versions.noChanges')} text={t('versions.noChangesText')} /> : <ChangeList comparison={comparison} before={before} after={after} selected={selected} select={select} />
  const side = (which: 'before' | 'after') => (
    <Side title={titleOf(comparison, which)} words={which === 'before' ? before : after} marks={marks[which]} selected={selected} select={select} />
  )
  if (wide) return <div className="sop-body compare-body">{side('before')}{side('after')}<div className="sop-side compare-list">{list}</div></div>
  return (
    <>
      <Segmented block value={shown} onChange={show} options={[{ value: 'list', label: t('versions.list') }, { value: 'before', label: t('versions.before') }, { value: 'after', label: t('versions.after') }]} />
      {shown === 'list' ? <div className="compare-list">{list}</div> : <div className="sop-body compare-body">{side(shown)}</div>}
    </>
  )
}

const titleOf = ({ from, to }: Comparison, which: 'before' | 'after') => {
  const { version } = which === 'before' ? from : to
  return `${t(`versions.${which}`)} · ${version === null ? t('versions.draft') : t('workflows.versionN', { n: version })}`
}

type SideProps = { title: string; words: Words; marks: Record<string, Mark>; selected: string | null; select: (id: string | null) => void }

const Side = ({ title, ...view }: SideProps) => (
  <section className="compare-side" aria-label={title}>
    <h2>{title}</h2>
    <div className="sop-canvas">
      <Suspense fallback={<div className="step-panel"><LinesSkeleton lines={6} /></div>}><FlowCanvas {...view} /></Suspense>
    </div>
  </section>
)
