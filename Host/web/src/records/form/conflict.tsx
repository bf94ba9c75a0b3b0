import { Radio } from 'antd'
import { useState } from 'react'
import type { Field, Rec, RecordType } from '@/api/types'
import { dialog } from '@/app/feedback'
import { FieldValue } from '@/records/fields/FieldValue'
import { label, t } from '@/texts'
import { written } from './formFields'

export type Side = 'mine' | 'theirs'
export type Clash = { field: Field; mine: unknown; theirs: unknown }

const equal = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Fields that both sides changed, to different values. What only one side changed needs no decision. */
export function findClashes(type: RecordType, base: Rec, changes: Record<string, unknown>, current: Rec): Clash[] {
  return Object.keys(changes).flatMap(key => {
    const field = type.fields.find(f => f.key === key)
    if (!field) return []
    const theirs = written(field, current[key])
    const untouched = equal(theirs, written(field, base[key]))
    return untouched || equal(theirs, changes[key]) ? [] : [{ field, mine: changes[key], theirs: current[key] }]
  })
}

/** The changes to save on top of what is there now, or null when the person gives up. */
export function resolveConflict(type: RecordType, base: Rec, changes: Record<string, unknown>, current: Rec): Promise<Record<string, unknown> | null> {
  const clashes = findClashes(type, base, changes, current)
  if (clashes.length === 0) return Promise.resolve(changes)
  const sides: Record<string, Side> = Object.fromEntries(clashes.map(clash => [clash.field.key, 'mine' as const]))
  return new Promise(resolve => {
    dialog().confirm({
      title: t('records.conflictTitle'),
      width: 640,
      icon: null,
      content: <ConflictTable clashes={clashes} current={current} choose={(key, side) => void (sides[key] = side)} />,
      okText: t('records.conflictSave'),
      cancelText: t('records.conflictBack'),
      onOk: () => resolve(Object.fromEntries(Object.entries(changes).filter(([key]) => sides[key] !== 'theirs'))),
      onCancel: () => resolve(null),
    })
  })
}

type TableProps = { clashes: Clash[]; current: Rec; choose: (key: string, side: Side) => void }

function ConflictTable({ clashes, current, choose }: TableProps) {
  const [sides, setSides] = useState<Record<string, Side>>({})
  const by = (current.updatedBy as { name?: string } | null | undefined)?.name ?? t('records.someone')
  return (
    <>
      <p className="muted">{t('records.conflictText', { by })}</p>
      <table className="conflict">
        <thead>
          <tr><th>{t('records.field')}</th><th>{t('records.mine')}</th><th>{t('records.theirs', { by })}</th></tr>
        </thead>
        <tbody>
          {clashes.map(({ field, mine, theirs }) => (
            <tr key={field.key}>
              <th scope="row">{label(field.label)}</th>
              {(['mine', 'theirs'] as const).map(side => (
                <td key={side}>
                  <Radio
                    checked={(sides[field.key] ?? 'mine') === side}
                    onChange={() => {
                      setSides({ ...sides, [field.key]: side })
                      choose(field.key, side)
                    }}
                  >
                    <Shown field={field} value={side === 'mine' ? mine : theirs} />
                  </Radio>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Shown({ field, value }: { field: Field; value: unknown }) {
  // my own reference is only known by its id here; the dialog names the other side's
  if (field.type === 'reference' && typeof value === 'string') return <>{t('records.myChoice')}</>
  return <FieldValue field={field} value={value} />
}
