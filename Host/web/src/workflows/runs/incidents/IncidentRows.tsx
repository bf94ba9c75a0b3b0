import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { keys } from '@/api/keys'
import { useCan, useCatalogue } from '@/app/me'
import { t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LoadMore } from '@/ui/LoadMore'
import { Person } from '@/ui/Person'
import { LinesSkeleton } from '@/ui/Skeletons'
import { ago, dateTime } from '@/ui/format'
import type { Words } from '../../words/context'
import { RunHistory } from '../RunHistory'
import { attemptsQuery, openPage, type Cause, type IncidentFilter, type OpenIncident } from './incidents'

type Props = { cause: Cause; filter: IncidentFilter; words: Words | null; chosen: string[]; choose: (ids: string[]) => void }

/** The runs of a cause one by one, the oldest first. */
export function IncidentRows({ cause, filter, words, chosen, choose }: Props) {
  const can = useCan()
  const asked = { ...filter, sop: cause.sop, step: cause.step, code: cause.code }
  const list = useInfiniteQuery({
    queryKey: keys.runs('open', asked),
    queryFn: ({ pageParam }) => openPage(asked, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  if (list.isPending) return <div className="cause-rows"><LinesSkeleton lines={3} /></div>
  if (list.isError) return <Failure error={list.error} again={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(page => page.items)
  const all = rows.length > 0 && rows.every(row => chosen.includes(row.id))
  return (
    <div className="cause-rows">
      {can('run.manage') && <Checkbox checked={all} indeterminate={!all && chosen.length > 0} onChange={() => choose(all ? [] : rows.map(row => row.id))}>{t('watch.selectAll')}</Checkbox>}
      <ul className="plain">
        {rows.map(row => <Row key={row.id} row={row} words={words} chosen={chosen.includes(row.id)} choose={can('run.manage') ? on => choose(on ? [...chosen, row.id] : chosen.filter(id => id !== row.id)) : undefined} />)}
      </ul>
      <LoadMore of={list} />
    </div>
  )
}

function Row({ row, words, chosen, choose }: { row: OpenIncident; words: Words | null; chosen: boolean; choose?: (on: boolean) => void }) {
  const { byKey } = useCatalogue()
  const [open, setOpen] = useState(false)
  const type = byKey(row.record.type)
  return (
    <li className="cause-row">
      <div className="cause-line">
        {choose && <Checkbox aria-label={t('watch.select', { name: row.record.name })} checked={chosen} onChange={event => choose(event.target.checked)} />}
        <Link className="grow ellipsis" to={type ? `/${type.plural}/${row.record.id}` : `/runs/${row.run}`}>{row.record.name}</Link>
        <span className="cause-owner"><Person of={row.owner} size={20} /></span>
        <time className="muted small nums" dateTime={row.at} title={dateTime(row.at)}>{ago(row.at)}</time>
        <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>{t('watch.attempts')}</Button>
        <Link className="small" to={`/runs/${row.run}`}>{t('watch.toRun')}</Link>
      </div>
      {open && <Attempts id={row.id} words={words} />}
    </li>
  )
}

function Attempts({ id, words }: { id: string; words: Words | null }) {
  const attempts = useQuery(attemptsQuery(id))
  if (attempts.isPending || !words) return <LinesSkeleton lines={2} />
  if (attempts.isError) return <Failure error={attempts.error} again={() => void attempts.refetch()} />
  return <div className="cause-attempts">{attempts.data.items.length > 0 ? <RunHistory entries={attempts.data.items} words={words} /> : <p className="muted">{t('watch.noAttempts')}</p>}</div>
}
