import { Button } from 'antd'
import { useState } from 'react'
import { isProblem } from '@/api/problem'
import { report, say } from '@/app/feedback'
import { useSaveRecord } from '@/records/form/useSaveRecord'
import type { PlugProps } from '@/records/plugs'
import { t } from '@/texts'
import { LinesEditor } from './lines/LinesEditor'
import { lineErrors, readLines, writeLines, type Line } from './lines/lines'

/** The products of an opportunity; their sum becomes its amount. */
export default function OpportunityLines({ type, record }: PlugProps) {
  const field = type.fields.find(f => f.type === 'lines')
  const save = useSaveRecord(type)
  const [draft, setDraft] = useState<Line[] | null>(null)
  const [base, setBase] = useState(record)
  const [errors, setErrors] = useState<Map<string, string[]>>()
  if (!field) return null
  // while nothing is typed the lines follow the server; a change keeps the version it began with
  if (!draft && base.version !== record.version) setBase(record)
  const lines = draft ?? readLines(field, record[field.key])
  const readOnly = record.can?.update !== true || !!record.deletedAt

  const submit = () =>
    save.mutate(
      { record: base, changes: { [field.key]: writeLines(field, lines) } },
      {
        onSuccess: () => {
          setDraft(null)
          setErrors(undefined)
          say(t('app.saved'))
        },
        onError: error => {
          const found = isProblem(error) ? lineErrors(error.errors, lines) : undefined
          setErrors(found)
          if (!found?.size) report(error)
        },
      },
    )
  return (
    <div className="detail-tab">
      <LinesEditor field={field} lines={lines} onChange={setDraft} errors={errors} readOnly={readOnly} currency={record.currency as string | undefined} />
      {draft && (
        <div className="lines-foot">
          <Button onClick={() => { setDraft(null); setErrors(undefined) }}>{t('app.cancel')}</Button>
          <Button type="primary" loading={save.isPending} onClick={submit}>{t('app.save')}</Button>
        </div>
      )}
    </div>
  )
}
