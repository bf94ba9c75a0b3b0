import { useQuery } from '@tanstack/react-query'
import { keys } from '@/api/keys'
import { locale, t } from '@/texts'
import { LinesSkeleton } from '@/ui/Skeletons'
import { number } from '@/ui/format'
import { parseCsv } from './csv'
import { errorsAddress } from './imports'

const most = 50

/** The first rows of the error file: as much of it as they need, however long it is. */
async function firstErrors(id: string): Promise<string[][]> {
  const response = await fetch(errorsAddress(id), { headers: { 'Accept-Language': locale() }, credentials: 'same-origin' })
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

/** Rows that did not land, with the reason. */
export function ErrorRows({ id, failed }: { id: string; failed: number }) {
  const errors = useQuery({ queryKey: keys.imports('errors', id, failed), queryFn: () => firstErrors(id) })
  if (errors.isPending) return <LinesSkeleton />
  const [head = [], ...rows] = errors.data ?? []
  if (rows.length === 0) return null
  const reason = head.indexOf('reason') >= 0 ? head.indexOf('reason') : head.length - 1
  const order = [reason, ...head.map((_, i) => i).filter(i => i !== reason)]
  return (
    <section className="panel import-errors">
      <h2>{t('imports.errorRows')} <span className="muted">{failed > rows.length || rows.length > most ? t('imports.firstOf', { n: Math.min(most, rows.length), total: number(failed) }) : number(failed)}</span></h2>
      <div className="matrix-scroll">
        <table className="error-table">
          <thead><tr>{order.map(i => <th key={i} scope="col">{i === reason ? t('imports.reason') : head[i]}</th>)}</tr></thead>
          <tbody>{rows.slice(0, most).map((row, r) => <tr key={r}>{order.map(i => <td key={i} className={i === reason ? 'error-reason' : undefined} title={row[i]}>{row[i]}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  )
}
