import { DownOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Dropdown, Form, Input, Modal, type MenuProps } from 'antd'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { RecordType, SavedView } from '@/api/types'
import { ask, report, say } from '@/app/feedback'
import { useCan } from '@/app/me'
import { t } from '@/texts'
import type { ListState } from './useListState'

type Values = { name: string; shared?: boolean }

/** Keeps the list as it is now under a name, or changes and removes an own view. */
export function SaveView({ type, state }: { type: RecordType; state: ListState }) {
  const client = useQueryClient()
  const can = useCan()
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  const saved = state.view.saved
  const now = { filter: state.whole, sort: state.sort, columns: state.columns }
  const refresh = () => client.invalidateQueries({ queryKey: keys.views(type.key) })

  const act = async (work: () => Promise<unknown>, then?: () => void) => {
    try {
      await work()
      await refresh()
      then?.()
      say(t('app.saved'))
    } catch (error) {
      report(error)
    }
  }
  const submit = (values: Values) => {
    const rename = naming === 'rename' && saved
    setNaming(null)
    return rename
      ? act(() => api.patch(`views/${saved.id}`, values))
      : act(async () => {
          const view = await api.post<SavedView>('views', { type: type.key, ...now, ...values })
          await refresh()
          state.open(view.id)
        })
  }
  const remove = async () => {
    if (saved && (await ask(t('records.viewDeleteAsk', { name: saved.name }), { ok: t('app.delete'), danger: true })))
      await act(() => api.delete(`views/${saved.id}`), () => state.open(state.views[0]?.key ?? 'all'))
  }

  const items: MenuProps['items'] = [
    ...(saved && (state.changed || Object.keys(state.quick).length > 0)
      ? [{ key: 'update', label: t('records.viewUpdate'), onClick: () => void act(() => api.patch(`views/${saved.id}`, now), state.reset) }] : []),
    { key: 'new', label: t('records.viewNew'), onClick: () => setNaming('new') },
    ...(saved ? [
      { key: 'rename', label: t('records.viewRename'), onClick: () => setNaming('rename') },
      { key: 'delete', danger: true, label: t('records.viewDelete'), onClick: () => void remove() },
    ] : []),
    ...(state.changed ? [{ type: 'divider' as const }, { key: 'reset', label: t('records.viewReset'), onClick: state.reset }] : []),
  ]
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button type="text" size="small" className={state.changed ? 'view-changed' : 'muted'}>
          {state.changed ? t('records.viewChanged') : t('records.view')} <DownOutlined />
        </Button>
      </Dropdown>
      <Modal open={naming !== null} title={naming === 'rename' ? t('records.viewRename') : t('records.viewNew')} footer={null} onCancel={() => setNaming(null)} destroyOnHidden width={400}>
        <Form<Values> layout="vertical" requiredMark={false} onFinish={values => void submit(values)} initialValues={naming === 'rename' ? { name: saved?.name, shared: saved?.shared } : {}}>
          <Form.Item name="name" label={t('records.viewName')} rules={[{ required: true, whitespace: true, message: t('app.nameNeeded') }]}>
            <Input autoFocus maxLength={80} />
          </Form.Item>
          {can('view.share') && <Form.Item name="shared" valuePropName="checked"><Checkbox>{t('records.viewShared')}</Checkbox></Form.Item>}
          <Button type="primary" htmlType="submit" block>{t('app.save')}</Button>
        </Form>
      </Modal>
    </>
  )
}
