import { Table, type TableColumnsType, type TableProps } from 'antd'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { Field, Rec, RecordType } from '@/api/types'
import { FieldValue } from '@/records/fields/FieldValue'
import { nameOf } from '@/records/nameOf'
import { label, t } from '@/texts'
import type { ListState } from './useListState'

type Props = {
  type: RecordType
  records: Rec[]
  state: ListState
  /** Index of the row that the keyboard is on. */
  active: number
  selected: string[]
  onSelect: (ids: string[]) => void
  open: (id: string) => void
}

const sortable = (field: Field) => !['lines', 'json', 'multiSelect', 'longText'].includes(field.type)
const right = (field: Field) => ['money', 'integer', 'decimal'].includes(field.type)

export function RecordTable({ type, records, state, active, selected, onSelect, open }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active >= 0) frame.current?.querySelector('.row-active')?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const [sortKey, descending] = [state.sort.replace(/^-/, '').split(',')[0], state.sort.startsWith('-')]
  const columns: TableColumnsType<Rec> = state.columns.flatMap(key => {
    const field = type.fields.find(f => f.key === key)
    if (!field) return []
    return [{
      key,
      title: label(field.label),
      align: right(field) ? 'right' as const : undefined,
      sorter: sortable(field),
      sortOrder: sortKey === key ? (descending ? 'descend' as const : 'ascend' as const) : null,
      className: key === type.nameField ? 'cell-name' : 'cell',
      render: (_: unknown, record: Rec) =>
        key === type.nameField
          ? <Link to={`/${type.plural}/${record.id}`} className="name-link">{nameOf(type, record) || '—'}</Link>
          : <FieldValue field={field} value={record[key]} record={record} />,
    }]
  })

  const change: TableProps<Rec>['onChange'] = (_page, _filters, sorter) => {
    const one = Array.isArray(sorter) ? sorter[0] : sorter
    state.setSort(one?.order ? `${one.order === 'descend' ? '-' : ''}${String(one.columnKey)}` : '')
  }
  const changeable = type.can.update || type.can.delete
  return (
    <div ref={frame}>
      <Table<Rec>
        rowKey="id"
        size="middle"
        className="record-table"
        columns={columns}
        dataSource={records}
        pagination={false}
        showSorterTooltip={false}
        onChange={change}
        rowSelection={changeable ? {
          selectedRowKeys: selected,
          onChange: next => onSelect(next.map(String)),
          columnWidth: 44,
          getCheckboxProps: record => ({ 'aria-label': t('records.select', { name: nameOf(type, record) }) }),
        } : undefined}
        rowClassName={(_, index) => (index === active ? 'row row-active' : 'row')}
        onRow={record => ({
          onClick: event => {
            // links, checkboxes and the cell around a checkbox act for themselves
            if (!(event.target as HTMLElement).closest('a, input, label, .ant-table-selection-column')) open(record.id)
          },
        })}
      />
    </div>
  )
}
