import { AppstoreAddOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Field } from '@/api/types'
import { ask } from '@/app/feedback'
import { useCatalogue, usual } from '@/app/me'
import { queryClient } from '@/app/queries'
import { label, t } from '@/texts'
import { Blank } from '@/ui/Blank'
import { AdminSection } from '../AdminSection'
import { FieldDrawer } from './FieldDrawer'

/** Fields of the company's own; they behave like built-in ones everywhere. */
export function FieldsPage() {
  const { types, byKey } = useCatalogue()
  const [search, setSearch] = useSearchParams()
  const [editing, setEditing] = useState<Field | 'new' | null>(null)
  const type = byKey(search.get('type')) ?? usual(types)
  const remove = useMutation({
    mutationFn: (field: Field) => api.delete(`catalogue/${type!.key}/fields/${field.key}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.catalogue }),
  })
  if (!type) return null
  const fields = type.fields.filter(field => field.custom)
  const askRemove = async (field: Field) => {
    if (await ask(t('platform.deleteFieldAsk', { name: label(field.label) }), { content: t('platform.deleteFieldText'), ok: t('app.delete'), danger: true })) remove.mutate(field)
  }
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>{t('platform.newField')}</Button>
  return (
    <AdminSection title={t('platform.fields')} actions={fields.length > 0 && add}>
      <div className="admin-bar">
        <Select
          value={type.key}
          onChange={key => setSearch({ type: key }, { replace: true })}
          options={types.map(one => ({ value: one.key, label: label(one.label) }))}
          aria-label={t('platform.recordType')}
          popupMatchSelectWidth={false}
          className="admin-search"
        />
      </div>
      {fields.length === 0 ? (
        <Blank icon={<AppstoreAddOutlined />} title={t('platform.noFields', { type: label(type.label) })} text={t('platform.noFieldsText')}>{add}</Blank>
      ) : (
        <ul className="plain panel admin-list">
          {fields.map(field => (
            <li key={field.key} className="admin-row">
              <div className="grow">
                <button type="button" className="link admin-name" onClick={() => setEditing(field)}>{label(field.label)}</button>
                <div className="muted small">{field.key}{field.help && ` · ${label(field.help)}`}</div>
              </div>
              {field.required && <span className="chip chip-gold">{t('platform.required')}</span>}
              <span className="chip chip-none">{t(`platform.type_${field.type}`)}</span>
              <Button type="text" icon={<EditOutlined />} aria-label={`${t('app.edit')} ${label(field.label)}`} onClick={() => setEditing(field)} />
              <Button type="text" danger icon={<DeleteOutlined />} aria-label={`${t('app.delete')} ${label(field.label)}`} onClick={() => void askRemove(field)} />
            </li>
          ))}
        </ul>
      )}
      {editing && <FieldDrawer type={type} field={editing === 'new' ? undefined : editing} close={() => setEditing(null)} />}
    </AdminSection>
  )
}
