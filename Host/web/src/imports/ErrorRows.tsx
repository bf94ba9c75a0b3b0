import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { locale, t } from '@/texts'
import { LinesSkeleton } from '@/ui/Skeletons'
import { number } from '@/ui/format'
import { parseCsv } from './csv'
import { rowsAddress, type ImportJob, type RowList } from './imports'

const most = 50

/** The first rows of the file: as much of it as they need, however long it is. */
async function firstRows(id: string, list: RowList): Promise<string[][]> {
  const response = await fetch(rowsAddress(id, list), { headers: { 'Accept-Language': locale() }, credentials: 'same-origin' })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader) {
    const { value, done } = await reader.read()
    if (done) return parseCsv(text)
    text += value
    if (text.length > 200_000) {
      await reader.cancel()
      return parseCsv(text, false)
    }
  }
  return []
}

/** Rows that did not land, were there already, or could not be taken back, each with the reason. */
export const ErrorRows = ({ job }: { job: ImportJob }) =>
  (['failed', 'skipped', 'kept'] as const).map(list => (job[list] ?? 0) > 0 && <Rows key={list} id={job.id} list={list} count={job[list]!} />)

function Rows({ id, list, count }: { id: string; list: RowList; count: number }) {
  const errors = useQuery({ queryKey: keys.imports('errors', id, list, count), queryFn: () => firstRows(id, list) })
  if (errors.isPending) return <LinesSkeleton />
  const [head = [], ...rows] = errors.data ?? []
  if (rows.length === 0) return null
  const reason = head.indexOf('reason') >= 0 ? head.indexOf('reason') : head.length - 1
  const order = [reason, ...head.map((_, i) => i).filter(i => i !== reason)]
  return (
    <section className="panel import-errors">
      <h2>
        {t(`imports.rows_${list}`)}{' '}
        <span className="muted">{count > rows.length || rows.length > most ? t('imports.firstOf', { n: Math.min(most, rows.length), total: number(count) }) : number(count)}</span>
        <a className="import-download" href={rowsAddress(id, list)}><DownloadOutlined /> {t('imports.download')}</a>
      </h2>
      <div className="matrix-scroll">
        <table className="error-table">
          <thead><tr>{order.map(i => <th key={i} scope="col">{i === reason ? t('imports.reason') : head[i]}</th>)}</tr></thead>
          <tbody>{rows.slice(0, most).map((row, r) => <tr key={r}>{order.map(i => <td key={i} className={i === reason ? `error-reason rows-${list}` : undefined} title={row[i]}>{row[i]}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  )
}
