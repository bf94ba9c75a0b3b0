import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { ask, say } from '@/app/feedback'
import { label, locale, otherLocale, t } from '@/texts'
import { showProblem } from '@/ui/forms'
import { RoleMatrix } from './RoleMatrix'
import type { Permission, Role } from './roles'

type Props = { role: Role; permissions: Permission[]; saved: (key: string | null) => void }
type Names = { key: string; zh: string; en: string }

export function RoleEditor({ role, permissions, saved }: Props) {
  const client = useQueryClient()
  const [form] = Form.useForm<Names>()
  const [draft, setDraft] = useState(role)
  const other = otherLocale()
  const isNew = role.key === ''
  const everything = role.key === 'administrator'
  const refresh = () => client.invalidateQueries({ queryKey: ['roles'] })
  const save = useMutation({
    mutationFn: (names: Names) => {
      const body = { key: names.key, name: { zh: names.zh, en: names.en }, permissions: draft.permissions, scopes: draft.scopes }
      return isNew ? api.post<Role>('roles', body) : api.put<Role>(`roles/${role.key}`, body)
    },
    meta: { quiet: true },
    onError: error => showProblem(form, error),
    onSuccess: async made => {
      say(t('app.saved'))
      await refresh()
      saved(made.key)
    },
  })
  const remove = useMutation({
    mutationFn: () => api.delete(`roles/${role.key}`),
    onSuccess: async () => {
      await refresh()
      saved(null)
    },
  })
  const askRemove = async () => {
    const title = t(role.builtIn ? 'platform.resetRoleAsk' : 'platform.deleteRoleAsk', { name: label(role.name) })
    if (await ask(title, { ok: t(role.builtIn ? 'platform.resetRole' : 'app.delete'), danger: true })) remove.mutate()
  }
  if (everything) return <div className="panel panel-pad role-editor"><h2>{label(role.name)}</h2><p className="muted">{t('platform.administratorText')}</p></div>
  return (
    <div className="panel panel-pad role-editor">
      <Form form={form} layout="vertical" initialValues={{ key: role.key, ...role.name }} onFinish={names => save.mutate(names)} scrollToFirstError={{ block: 'center', focus: true }}>
        <div className="form-row">
          <Form.Item name={locale()} label={t('platform.ownName')} rules={[{ required: true, message: t('app.nameNeeded') }]}><Input maxLength={60} /></Form.Item>
          <Form.Item name={other} label={t(other === 'en' ? 'platform.nameEn' : 'platform.nameZh')} extra={isNew ? t('platform.nameOther') : undefined}><Input maxLength={60} /></Form.Item>
          <Form.Item name="key" label={t('platform.key')} extra={isNew ? t('platform.keyHelp') : undefined}><Input maxLength={60} disabled={!isNew} /></Form.Item>
        </div>
      </Form>
      <RoleMatrix permissions={permissions} value={draft} onChange={setDraft} />
      <div className="role-acts">
        <Button type="primary" loading={save.isPending} onClick={form.submit}>{t('app.save')}</Button>
        {!isNew && <Button danger loading={remove.isPending} onClick={() => void askRemove()}>{t(role.builtIn ? 'platform.resetRole' : 'app.delete')}</Button>}
      </div>
    </div>
  )
}
