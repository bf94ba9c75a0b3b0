import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Select } from 'antd'
import type { RecordType } from '@/api/types'
import { t } from '@/texts'
import { ConditionRow } from './ConditionRow'
import { emptyGroup, isGroup, opsFor, type Condition, type Group } from './model'
import './filter.css'

type Props = { type: RecordType; value: Group; onChange: (value: Group) => void; depth?: number; onRemove?: () => void }

/** Builds a filter of the grammar from the catalogue: conditions in groups of and/or, groups within groups. */
export function FilterBuilder({ type, value, onChange, depth = 0, onRemove }: Props) {
  const parts = (next: Group['parts']) => onChange({ ...value, parts: next })
  const replace = (index: number, part: Group | Condition) => parts(value.parts.map((p, i) => (i === index ? part : p)))
  const remove = (index: number) => parts(value.parts.filter((_, i) => i !== index))
  const add = () => {
    const first = type.fields.find(field => field.key === type.nameField) ?? type.fields[0]
    if (first) parts([...value.parts, { field: first.key, op: opsFor(first.type)[0] ?? 'notEmpty' }])
  }
  return (
    <div className={depth > 0 ? 'filter-group filter-inner' : 'filter-group'} role="group" aria-label={t('records.conditions')}>
      {(value.parts.length > 1 || depth > 0 || value.not) && (
        <div className="filter-head">
          <Segmented<Group['join']>
            size="small"
            value={value.join}
            onChange={join => onChange({ ...value, join })}
            options={[{ value: 'and', label: t('records.allOf') }, { value: 'or', label: t('records.anyOf') }]}
          />
          <Select
            size="small"
            variant="borderless"
            aria-label={t('records.matchOrNot')}
            value={value.not}
            onChange={not => onChange({ ...value, not })}
            options={[{ value: false, label: t('records.matches') }, { value: true, label: t('records.matchesNot') }]}
          />
          <span className="grow" />
          {onRemove && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('records.removeGroup')} onClick={onRemove} />}
        </div>
      )}
      {value.parts.map((part, index) =>
        isGroup(part) ? (
          <FilterBuilder key={index} type={type} value={part} depth={depth + 1} onChange={next => replace(index, next)} onRemove={() => remove(index)} />
        ) : (
          <ConditionRow key={index} type={type} value={part} onChange={next => replace(index, next)} onRemove={() => remove(index)} />
        ),
      )}
      <div className="filter-add">
        <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={add}>{t('records.addCondition')}</Button>
        {depth < 3 && (
          <Button
            type="text"
            size="small"
            onClick={() => parts([...value.parts, emptyGroup(value.join === 'and' ? 'or' : 'and')])}
          >
            {t('records.addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}
