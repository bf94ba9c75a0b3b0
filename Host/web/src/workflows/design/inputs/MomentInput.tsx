import { Segmented, Select } from 'antd'
import { t } from '@/texts'
import type { Moment } from '../../definition/sop'
import { readDuration } from '../../words/duration'
import { useDesignWords } from '../words'
import { DurationInput } from './DurationInput'
import { PathSelect } from './PathSelect'

type Props = { name: string; value: Moment | undefined; onChange: (value: Moment | undefined) => void; required?: boolean }

/** A time: so long from now, or around a date of the record. */
export function MomentInput({ name, value, onChange, required }: Props) {
  const words = useDesignWords()
  const kind = value?.path !== undefined ? 'path' : value?.in ? 'in' : 'none'
  const before = readDuration(value?.plus)?.before ?? false
  const choose = (next: 'none' | 'in' | 'path') =>
    onChange(next === 'none' ? undefined : next === 'in' ? { in: { business: 'P1D' } } : { path: words.type?.fields.find(field => field.type === 'date' || field.type === 'dateTime')?.key ?? '' })
  return (
    <div className="design-stack">
      <Segmented size="small" value={kind} onChange={choose} options={(['none', 'in', 'path'] as const).filter(one => one !== 'none' || !required || kind === 'none').map(one => ({ value: one, label: t(`workflows.moment_${one}`) }))} />
      {kind === 'in' && <DurationInput name={name} value={value?.in} onChange={next => onChange(next ? { in: next } : undefined)} />}
      {kind === 'path' && (
        <>
          <PathSelect name={name} only={['date', 'dateTime']} value={value?.path} onChange={path => onChange({ ...value, path: path ?? '' })} />
          <div className="design-row">
            <Select
              aria-label={t('workflows.beforeAfter')}
              value={value?.plus ? (before ? 'before' : 'after') : 'at'}
              onChange={side => onChange({ path: value?.path ?? '', ...(side === 'at' ? {} : { plus: side === 'before' ? { plain: '-P1D' } : { plain: 'P1D' } }) })}
              options={(['at', 'before', 'after'] as const).map(one => ({ value: one, label: t(`workflows.side_${one}`) }))}
            />
            {value?.plus && <DurationInput name={name} value={value.plus} before={before} onChange={plus => onChange({ path: value.path ?? '', ...(plus ? { plus } : {}) })} />}
          </div>
        </>
      )}
    </div>
  )
}
