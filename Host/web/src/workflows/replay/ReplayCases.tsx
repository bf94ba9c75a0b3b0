import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { keys } from '@/api/keys'
import { useCatalogue } from '@/app/me'
import { label, t, tMaybe } from '@/texts'
import { Blank } from '@/ui/Blank'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { RowsSkeleton } from '@/ui/Skeletons'
import { dateTime } from '@/ui/format'
import { bad, casesPage, type Case } from './replay'

type Props = { id: string; figure: string; running: boolean; cases: number }

/** The cases behind a figure: what happened then, what would have happened. */
export function ReplayCases({ id, figure, running, cases }: Props) {
  const pages = useInfiniteQuery({
    queryKey: keys.replays('one', id, 'cases', figure),
    queryFn: ({ pageParam }) => casesPage(id, figure, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  if (pages.isError) return <Failure error={pages.error} again={() => void pages.refetch()} />
  if (!pages.data) return <RowsSkeleton rows={5} />
  const items = pages.data.pages.flatMap(page => page.items)
  if (items.length === 0) return <Blank title={running && cases === 0 ? t('trials.lookingForCases') : t('trials.noCases')} />
  return (
    <>
      <ul className="plain panel replay-cases">{items.map(one => <One key={one.seq} one={one} />)}</ul>
      <LoadMore of={pages} />
    </>
  )
}

function One({ one }: { one: Case }) {
  const { byKey } = useCatalogue()
  const type = byKey(one.record?.type)
  const differs = one.ownerNow !== null && one.ownerThen?.id !== one.ownerNow.id
  return (
    <li className="replay-case">
      <div className="grow">
        <div className="replay-name">
          {one.record && type ? <Link to={`/${type.plural}/${one.record.id}`}>{one.record.name}</Link> : <span className="muted">{t('trials.hidden')}</span>}
          {one.figures.filter(f => f !== 'all').map(f => <span key={f} className={`chip ${bad.has(f) ? 'chip-red' : f === 'completed' ? 'chip-green' : 'chip-blue'}`}>{tMaybe(`trials.chip_${f}`, f)}</span>)}
        </div>
        {one.message && <p className="muted">{label(one.message)}</p>}
        <div className="muted small nums">{dateTime(one.at)}{one.endedAt && ` → ${dateTime(one.endedAt)}`}</div>
      </div>
      <div className={differs ? 'replay-owner differs' : 'replay-owner'}>
        <span className="muted small">{t('trials.ownerThen')}</span><span>{one.ownerThen?.name ?? '—'}</span>
        <span className="muted small">{t('trials.ownerNow')}</span><span>{one.ownerNow?.name ?? '—'}</span>
      </div>
    </li>
  )
}
