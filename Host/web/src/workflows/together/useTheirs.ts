import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, type RefObject } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { report } from '@/app/feedback'
import type { SopDetail } from '../sops/sops'

/** Takes in what others save while nothing of one's own is on its way. Their saving is told live; the draft is read again then. */
export function useTheirs(key: string, revision: RefObject<number | undefined>, idle: boolean, join: (theirs: SopDetail) => Promise<unknown>) {
  const { data } = useQuery({ queryKey: keys.sops('theirs', key), queryFn: () => api.get<SopDetail>(`sops/${key}`, { version: 'draft' }), staleTime: Infinity, gcTime: 0, enabled: idle })
  const joining = useRef(false)
  useEffect(() => {
    if (!data || !idle || joining.current || (data.revision ?? 0) <= (revision.current ?? 0)) return
    joining.current = true
    join(data).catch(report).finally(() => {
      joining.current = false
    })
  }, [data, idle, join, revision])
}
