import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { t } from '@/texts'
import type { PeopleBy, PeopleRule } from '../../definition/sop'
import { useDesignWords } from '../words'
import { NameSelect } from './NameSelect'
import { PathSelect } from './PathSelect'
import { Today } from './Today'

type Props = { name: string; value: PeopleRule | undefined; onChange: (value: PeopleRule | undefined) => void; required?: boolean; depth?: number }

const kinds: PeopleBy[] = ['owner', 'initiator', 'superior', 'departmentHead', 'chain', 'role', 'users', 'field', 'leastLoad', 'roundRobin', 'initiatorsChoice', 'everyone']
const withins = ['company', 'unit', 'unitAndBelow', 'unitAndAbove', 'region'] as const
const users = { references: 'user', label: { zh: '用户', en: 'People' } }

/** Finds people by rule: one rule, and another for when it finds nobody. */
export function PeopleInput({ name, value, onChange, required, depth = 0 }: Props) {
  const words = useDesignWords()
  const set = (change: Partial<PeopleRule>) => value && onChange(clean({ ...value, ...change }))
  const choose = (by: PeopleBy | undefined) => onChange(by ? { by, ...(by === 'leastLoad' || by === 'roundRobin' || by === 'everyone' ? { among: [{ by: 'role', role: 'rep' }] } : {}), ...(value?.else ? { else: value.else } : {}) } : undefined)
  const among = value?.among ?? []
  return (
    <div className="design-stack">
      <Select
        allowClear={!required}
        aria-label={name}
        placeholder={t('workflows.nobody')}
        value={value?.by}
        onChange={choose}
        options={kinds.filter(kind => depth < 2 || !['leastLoad', 'roundRobin', 'everyone'].includes(kind)).map(kind => ({ value: kind, label: t(`workflows.by_${kind}`) }))}
      />
      {value && (value.by === 'role' || value.by === 'chain') && <NameSelect name={t('workflows.by_role')} of="role" value={value.role} onChange={role => set({ role })} />}
      {value?.by === 'role' && (
        <Select aria-label={t('workflows.where')} value={value.within ?? 'company'} onChange={within => set({ within })} options={withins.map(one => ({ value: one, label: t(`workflows.within_${one}`) }))} />
      )}
      {value && (value.by === 'superior' || value.by === 'chain') && (
        <label className="design-row">{t('workflows.level')} <InputNumber aria-label={t('workflows.level')} min={1} max={10} value={value.level ?? 1} onChange={level => set({ level: level ?? 1 })} /></label>
      )}
      {value && (value.by === 'superior' || value.by === 'chain' || value.by === 'departmentHead') && <Whose rule={value} onChange={of => set({ of })} />}
      {value?.by === 'users' && <ReferenceSelect many field={users} value={value.users ?? []} onChange={ids => set({ users: (ids ?? []) as string[] })} />}
      {value?.by === 'field' && <PathSelect name={t('workflows.by_field')} type={words.type} references="user" value={value.path} onChange={path => set({ path })} />}
      {value && ['leastLoad', 'roundRobin', 'everyone'].includes(value.by) && (
        <div className="design-inner">
          {among.map((rule, i) => (
            <div key={i} className="design-row design-top">
              <PeopleInput name={`${name} ${i + 1}`} depth={depth + 1} required value={rule} onChange={next => set({ among: next ? among.map((one, j) => (j === i ? next : one)) : among })} />
              {among.length > 1 && <Button type="text" icon={<DeleteOutlined />} aria-label={t('app.delete')} onClick={() => set({ among: among.filter((_, j) => j !== i) })} />}
            </div>
          ))}
          <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => set({ among: [...among, { by: 'role', role: 'rep' }] })}>{t('workflows.addPeople')}</Button>
        </div>
      )}
      {value && depth < 2 && (value.else
        ? <div className="design-inner"><div className="muted small">{t('workflows.ifNobody')}</div><PeopleInput name={t('workflows.ifNobody')} depth={depth + 1} value={value.else} onChange={next => set({ else: next })} /></div>
        : <Button type="link" size="small" className="design-link" onClick={() => set({ else: { by: 'role', role: 'salesManager' } })}>{t('workflows.addElse')}</Button>)}
      {value && depth === 0 && <Today rule={value} />}
    </div>
  )
}

/** Without members that are not set. */
const clean = (rule: PeopleRule) => Object.fromEntries(Object.entries(rule).filter(([, one]) => one !== undefined)) as PeopleRule

/** Whose superior: the owner's, or the initiator's. A rule that says something else keeps it. */
function Whose({ rule, onChange }: { rule: PeopleRule; onChange: (of: PeopleRule | undefined) => void }) {
  const of = rule.of?.by ?? 'owner'
  return (
    <label className="design-row">
      {t('designer.whose')}
      <Select
        aria-label={t('designer.whose')}
        value={of}
        onChange={by => onChange(by === 'owner' ? undefined : { by })}
        options={(['owner', 'initiator', ...(of === 'owner' || of === 'initiator' ? [] : [of])] as PeopleBy[]).map(by => ({ value: by, label: t(`workflows.by_${by}`) }))}
      />
    </label>
  )
}
