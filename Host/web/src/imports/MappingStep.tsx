import { Radio, Switch } from 'antd'
import type { RecordType } from '@/api/types'
import { label, t } from '@/texts'
import { number } from '@/ui/format'
import { ColumnRow } from './ColumnRow'
import type { ColumnMapping, ImportPlan, UploadedFile } from './imports'
import { doubled, missingFields, targetsOf } from './mapping'

type Props = { file: UploadedFile; type: RecordType; plan: ImportPlan; onChange: (plan: ImportPlan) => void }

const delimiters: Record<string, string> = { '\t': 'Tab' }

/** Which column is which field, and what happens to records that are there already. */
export function MappingStep({ file, type, plan, onChange }: Props) {
  const targets = targetsOf(type)
  const set = (column: string, mapping: ColumnMapping | null) => onChange({ ...plan, mapping: { ...plan.mapping, [column]: mapping } })
  const missing = missingFields(type, plan.mapping)
  const twice = doubled(plan.mapping).map(key => targets.find(target => target.key === key)?.label ?? key)
  const comma = t('imports.comma')
  return (
    <>
      <p className="muted">
        {t('imports.fileFacts', { rows: number(file.rows), columns: file.columns.length, encoding: file.encoding.toUpperCase(), delimiter: delimiters[file.delimiter] ?? file.delimiter })}
      </p>
      <div className="panel mapping">
        <div className="mapping-row mapping-head" aria-hidden>
          <span>{t('imports.column')}</span><span>{t('imports.sample')}</span><span>{t('imports.becomes')}</span>
        </div>
        {file.columns.map(column => (
          <ColumnRow key={column} file={file} column={column} targets={targets} value={plan.mapping[column] ?? null} onChange={mapping => set(column, mapping)} />
        ))}
      </div>
      {missing.length > 0 && <p className="form-problem">{t('imports.missing', { fields: missing.map(field => label(field.label)).join(comma) })}</p>}
      {twice.length > 0 && <p className="form-problem">{t('imports.twice', { fields: twice.join(comma) })}</p>}
      <div className="panel panel-pad mapping-more">
        <div>
          <h3 id="duplicates">{t('imports.duplicates')}</h3>
          <Radio.Group
            aria-labelledby="duplicates"
            value={plan.duplicates}
            onChange={e => onChange({ ...plan, duplicates: e.target.value as ImportPlan['duplicates'] })}
            options={(['skip', 'update', 'create'] as const).map(one => ({ value: one, label: t(`imports.duplicates_${one}`) }))}
          />
        </div>
        <div>
          <h3>{t('imports.sops')}</h3>
          <label className="mapping-sops"><Switch checked={plan.startSops} onChange={startSops => onChange({ ...plan, startSops })} /> {t('imports.startSops')}</label>
        </div>
      </div>
    </>
  )
}
