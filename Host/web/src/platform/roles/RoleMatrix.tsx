import { Checkbox, Select } from 'antd'
import { label, t } from '@/texts'
import { matrixOf } from './matrix'
import { scopes, type Permission, type Role, type Scope } from './roles'

type Props = { permissions: Permission[]; value: Role; onChange: (role: Role) => void }

/** Which acts a role has on which records, and over which of them. */
export function RoleMatrix({ permissions, value, onChange }: Props) {
  const matrix = matrixOf(permissions)
  const set = (keys: string[], on: boolean) =>
    onChange({ ...value, permissions: on ? [...new Set([...value.permissions, ...keys])] : value.permissions.filter(key => !keys.includes(key)) })
  const scope = (type: string, next: Scope | '') => {
    const rest = Object.fromEntries(Object.entries(value.scopes).filter(([key]) => key !== type))
    onChange({ ...value, scopes: next ? { ...rest, [type]: next } : rest })
  }
  const has = (permission: Permission | undefined) => permission !== undefined && value.permissions.includes(permission.key)
  const options = scopes.map(one => ({ value: one as Scope | '', label: t(`platform.scope_${one}`) }))
  const usual = value.scopes['*'] ?? 'own'
  return (
    <>
      <div className="matrix-scroll">
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">{t('platform.recordType')}</th>
              {matrix.acts.map(act => <th key={act.key} scope="col">{label(act.label)}</th>)}
              <th scope="col">{t('platform.dataScope')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row" className="muted">{t('platform.usualScope')}</th>
              <td colSpan={matrix.acts.length} />
              <td><Select variant="filled" popupMatchSelectWidth={false} value={usual as Scope | ''} onChange={next => scope('*', next)} options={options} aria-label={t('platform.usualScope')} /></td>
            </tr>
            {matrix.rows.map(row => {
              const all = Object.values(row.permissions).map(one => one.key)
              const name = label(row.label)
              return (
                <tr key={row.type}>
                  <th scope="row">
                    <Checkbox checked={all.every(key => value.permissions.includes(key))} indeterminate={all.some(key => value.permissions.includes(key)) && !all.every(key => value.permissions.includes(key))} onChange={e => set(all, e.target.checked)}>{name}</Checkbox>
                  </th>
                  {matrix.acts.map(act => {
                    const own = row.permissions[act.key]
                    return <td key={act.key}>{own && <Checkbox aria-label={`${name}: ${label(act.label)}`} checked={has(own)} onChange={e => set([own.key], e.target.checked)} />}</td>
                  })}
                  <td>
                    <Select
                      variant="filled"
                      popupMatchSelectWidth={false}
                      aria-label={`${name}: ${t('platform.dataScope')}`}
                      value={(value.scopes[row.type] ?? '') as Scope | ''}
                      onChange={next => scope(row.type, next)}
                      options={[{ value: '' as const, label: t('platform.asUsual') }, ...options]}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className="matrix-more">
        {matrix.rows.filter(row => row.more.length > 0).map(row => (
          <fieldset key={row.type}>
            <legend>{label(row.label)}</legend>
            {row.more.map(one => <Checkbox key={one.key} checked={has(one)} onChange={e => set([one.key], e.target.checked)}>{label(one.label)}</Checkbox>)}
          </fieldset>
        ))}
        <fieldset>
          <legend>{t('platform.general')}</legend>
          {matrix.general.map(one => <Checkbox key={one.key} checked={has(one)} onChange={e => set([one.key], e.target.checked)}>{label(one.label)}</Checkbox>)}
        </fieldset>
      </div>
    </>
  )
}
