import { DeleteOutlined } from '@ant-design/icons'
import { Button, Cascader, Select } from 'antd'
import { useMemo } from 'react'
import type { RecordType } from '@/api/types'
import { t } from '@/texts'
import { ConditionValue } from './ConditionValue'
import { useFind } from './find'
import { arity, complete, opsFor, type Condition, type FilterOp } from './model'
import { fieldsOf, pathTree } from './paths'

type Props = { type: RecordType; value: Condition; onChange: (value: Condition) => void; onRemove: () => void }

export function ConditionRow({ type, value, onChange, onRemove }: Props) {
  const { find, depth } = useFind()
  const tree = useMemo(() => pathTree(type, find, depth), [type, find, depth])
  const field = fieldsOf(type, value.field, find)?.at(-1)
  const ops = field ? opsFor(field.type) : []

  const chooseField = (path: string) => {
    const next = fieldsOf(type, path, find)?.at(-1)
    if (next) onChange({ field: path, op: opsFor(next.type)[0] ?? 'notEmpty' })
  }
  const chooseOp = (op: FilterOp) =>
    onChange(arity(op) === arity(value.op) && (op === 'within') === (value.op === 'within') ? { ...value, op } : { field: value.field, op })

  return (
    <div className="filter-row">
      <Cascader
        className="filter-field"
        options={tree}
        value={value.field.split('.')}
        allowClear={false}
        changeOnSelect
        expandTrigger="hover"
        showSearch
        aria-label={t('records.field')}
        displayRender={labels => labels.join(' › ')}
        onChange={path => path && chooseField(path.join('.'))}
      />
      <Select
        className="filter-op"
        aria-label={t('records.comparison')}
        popupMatchSelectWidth={false}
        value={value.op}
        onChange={chooseOp}
        options={ops.map(op => ({ value: op, label: t(`records.op_${op}`) }))}
      />
      <div className="filter-value">
        {field && arity(value.op) !== 0 && <ConditionValue field={field} value={value} onChange={next => onChange({ ...value, value: next })} />}
        {!complete(value) && <span className="filter-unfinished">{t('records.unfinished')}</span>}
      </div>
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('records.removeCondition')} onClick={onRemove} />
    </div>
  )
}
