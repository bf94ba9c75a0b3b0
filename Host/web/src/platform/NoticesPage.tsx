import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { api } from '@/api/client'
import type { Label } from '@/api/types'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LinesSkeleton } from '@/ui/Skeletons'
import { AdminSection } from './AdminSection'

type Preference = { kind: string; label: Label; inPage: boolean; mail: boolean }
const key = ['notices']

/** How one wants to hear of what: in the page, by mail, or not at all. */
export function NoticesPage() {
  const client = useQueryClient()
  const list = useQuery({ queryKey: key, queryFn: () => api.get<{ items: Preference[] }>('notifications/preferences') })
  const set = useMutation({
    mutationFn: ({ kind, inPage, mail }: Preference) => api.put(`notifications/preferences/${kind}`, { inPage, mail }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
  return (
    <AdminSection title={t('platform.notices')}>
      {list.isPending ? <LinesSkeleton /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : (
        <div className="panel panel-pad admin-narrow matrix-scroll">
          <table className="matrix">
            <thead><tr><th scope="col">{t('platform.noticeKind')}</th><th scope="col">{t('platform.inPage')}</th><th scope="col">{t('platform.byMail')}</th></tr></thead>
            <tbody>
              {list.data.items.map(item => (
                <tr key={item.kind}>
                  <th scope="row">{label(item.label)}</th>
                  <td><Checkbox aria-label={`${label(item.label)}: ${t('platform.inPage')}`} checked={item.inPage} onChange={e => set.mutate({ ...item, inPage: e.target.checked })} /></td>
                  <td><Checkbox aria-label={`${label(item.label)}: ${t('platform.byMail')}`} checked={item.mail} onChange={e => set.mutate({ ...item, mail: e.target.checked })} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </AdminSection>
  )
}
