import { Checkbox, Select } from 'antd'
import { useCatalogue } from '@/app/me'
import { label, t } from '@/texts'
import { dateFormats, type ColumnMapping, type UploadedFile } from './imports'
import { samples, type Target } from './mapping'

type Props = { file: UploadedFile; column: string; targets: Target[]; value: ColumnMapping | null; onChange: (value: ColumnMapping | null) => void }

/** One column of the file: what is in it, and what it becomes. */
export function ColumnRow({ file, column, targets, value, onChange }: Props) {
  const target = targets.find(one => one.key === value?.field)
  return (
    <div className={value ? 'mapping-row' : 'mapping-row mapping-unused'}>
      <strong className="mapping-column">{column}</strong>
      <span className="muted small mapping-samples">{samples(file, column).map((sample, i) => <span key={i} className="ellipsis">{sample}</span>)}</span>
      <div className="mapping-target">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('imports.becomesOf', { column })}
          placeholder={t('imports.leaveOut')}
          value={value?.field}
          onChange={(field: string | undefined) => onChange(field ? { field, dateFormat: file.dates?.[column]?.format } : null)}
          options={targets.map(one => ({ value: one.key, label: one.field.required ? `${one.label} *` : one.label }))}
        />
        {value && target && <Details file={file} column={column} target={target} value={value} onChange={onChange} />}
      </div>
    </div>
  )
}

type DetailsProps = { file: UploadedFile; column: string; target: Target; value: ColumnMapping; onChange: (value: ColumnMapping) => void }

/** How the texts of the file are understood: dates, options, names of other records. */
function Details({ file, column, target: { field }, value, onChange }: DetailsProps) {
  const { byKey } = useCatalogue()
  switch (field.type) {
    case 'date':
    case 'dateTime':
      return (
        <Select
          allowClear
          placeholder={t('imports.dateUnclear')}
          aria-label={t('imports.dateFormat')}
          value={value.dateFormat ?? undefined}
          onChange={dateFormat => onChange({ ...value, dateFormat: dateFormat ?? null })}
          options={dateFormats.map(one => ({ value: one, label: t(`imports.date_${one}`) }))}
        />
      )
    case 'select':
    case 'multiSelect': {
      const known = new Set(field.options?.flatMap(option => [option.key, option.label.zh, option.label.en].map(text => text.toLowerCase())))
      const unknown = samples(file, column, 20).filter(text => !known.has(text.trim().toLowerCase()))
      return (
        <>
          {unknown.map(text => (
            <div key={text} className="mapping-option">
              <span className="ellipsis" title={text}>{text}</span>
              <Select
                size="small"
                allowClear
                placeholder={t('imports.noOption')}
                aria-label={text}
                value={value.options?.[text] ?? undefined}
                onChange={(key: string | undefined) => onChange({ ...value, options: { ...value.options, [text]: key ?? null } })}
                options={field.options?.map(option => ({ value: option.key, label: label(option.label) }))}
              />
            </div>
          ))}
        </>
      )
    }
    case 'reference': {
      const other = byKey(field.references)
      const by = other?.fields.filter(one => ['text', 'email', 'phone'].includes(one.type) && (one.searchable || one.key === other.nameField || one.key === 'number')) ?? []
      return (
        <div className="mapping-lookup">
          <Select
            size="small"
            allowClear
            placeholder={t('imports.lookupAny')}
            aria-label={t('imports.lookupBy')}
            value={value.lookup?.by ?? undefined}
            onChange={(key: string | undefined) => onChange({ ...value, lookup: { ...value.lookup, by: key ?? null } })}
            options={by.map(one => ({ value: one.key, label: t('imports.lookupByField', { field: label(one.label) }) }))}
          />
          {other?.can.create && other.key !== 'user' && (
            <Checkbox checked={value.lookup?.create === true} onChange={e => onChange({ ...value, lookup: { ...value.lookup, create: e.target.checked } })}>{t('imports.lookupCreate')}</Checkbox>
          )}
        </div>
      )
    }
    default:
      return null
  }
}
