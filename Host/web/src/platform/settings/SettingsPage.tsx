import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { api } from '@/api/client'
import type { Field, Ref } from '@/api/types'
import { say } from '@/app/feedback'
import { FieldInput } from '@/records/fields/FieldInput'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LinesSkeleton } from '@/ui/Skeletons'
import { showProblem } from '@/ui/forms'
import { AdminSection } from '../AdminSection'

type Setting = Field & { value: unknown }
type Answer = { items: Setting[] }
const key = ['settings']
const isRef = (value: unknown): value is Ref => typeof value === 'object' && value !== null && 'id' in value

/** What holds for the whole company; every module declares its own. */
export function SettingsPage() {
  const client = useQueryClient()
  const [form] = Form.useForm<Record<string, unknown>>()
  const settings = useQuery({ queryKey: key, queryFn: () => api.get<Answer>('settings') })
  const save = useMutation({
    mutationFn: (values: Record<string, unknown>) => api.put<Answer>('settings', Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? null]))),
    meta: { quiet: true },
    onError: error => showProblem(form, error),
    onSuccess: answer => {
      client.setQueryData(key, answer)
      say(t('app.saved'))
    },
  })
  if (settings.isError) return <AdminSection title={t('platform.settings')}><Failure error={settings.error} again={() => void settings.refetch()} /></AdminSection>
  const items = settings.data?.items
  return (
    <AdminSection title={t('platform.settings')}>
      <div className="panel panel-pad admin-narrow">
        {!items ? <LinesSkeleton /> : (
          <Form form={form} layout="vertical" initialValues={Object.fromEntries(items.map(item => [item.key, isRef(item.value) ? item.value.id : item.value]))} onFinish={values => save.mutate(values)}>
            {items.map(item => (
              <Form.Item key={item.key} name={item.key} label={label(item.label)} extra={item.help ? label(item.help) : undefined} required={item.required}>
                <FieldInput field={item} known={isRef(item.value) ? item.value : null} />
              </Form.Item>
            ))}
            <Button type="primary" htmlType="submit" loading={save.isPending}>{t('app.save')}</Button>
          </Form>
        )}
      </div>
    </AdminSection>
  )
}
