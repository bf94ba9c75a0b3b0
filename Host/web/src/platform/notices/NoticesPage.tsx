import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { api } from '@/api/client'
import type { Label } from '@/api/types'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { LinesSkeleton } from '@/ui/Skeletons'
import { AdminSection } from '../AdminSection'
import { Devices } from './Devices'
import { Digest } from './Digest'

type Preference = { kind: string; label: Label; inPage: boolean; mail: boolean; push: boolean }
const key = ['notices']
const channels = ['inPage', 'mail', 'push'] as const
const channelText = { inPage: 'platform.inPage', mail: 'platform.byMail', push: 'platform.byPush' } as const

/** How one wants to hear of what: in the page, by mail, on one's devices, or not at all; and the day's work by mail. */
export function NoticesPage() {
  const client = useQueryClient()
  const list = useQuery({ queryKey: key, queryFn: () => api.get<{ items: Preference[] }>('notifications/preferences') })
  const set = useMutation({
    mutationFn: ({ kind, inPage, mail, push }: Preference) => api.put(`notifications/preferences/${kind}`, { inPage, mail, push }),
    // shown at once, taken back where the server refuses
    onMutate: next => client.setQueryData<{ items: Preference[] }>(key, before => before && { ...before, items: before.items.map(item => (item.kind === next.kind ? next : item)) }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
  return (
    <AdminSection title={t('platform.notices')}>
      {list.isPending ? <LinesSkeleton /> : list.isError ? <Failure error={list.error} again={() => void list.refetch()} /> : (
        <div className="panel panel-pad admin-narrow matrix-scroll" tabIndex={0} role="region" aria-label={t('platform.notices')}>
          <table className="matrix">
            <thead><tr><th scope="col">{t('platform.noticeKind')}</th>{channels.map(channel => <th key={channel} scope="col">{t(channelText[channel])}</th>)}</tr></thead>
            <tbody>
              {list.data.items.map(item => (
                <tr key={item.kind}>
                  <th scope="row">{label(item.label)}</th>
                  {channels.map(channel => (
                    <td key={channel}><Checkbox aria-label={`${label(item.label)}: ${t(channelText[channel])}`} checked={item[channel]} onChange={e => set.mutate({ ...item, [channel]: e.target.checked })} /></td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Digest />
      <Devices />
    </AdminSection>
  )
}
