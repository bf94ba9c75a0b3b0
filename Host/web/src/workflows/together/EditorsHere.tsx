import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Tooltip } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { api, base, newKey } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Ref } from '@/api/types'
import { say } from '@/app/feedback'
import { t } from '@/texts'
import { Person } from '@/ui/Person'
import '../versions/versions.css'

type Editor = { person: Ref | null; me: boolean; since: string }
/** A window that is silent for a minute is taken for closed. */
const again = 20_000

/** Says that this window edits the draft, and shows who else does. */
export function EditorsHere({ sopKey, joined }: { sopKey: string; joined: number }) {
  const client = useQueryClient()
  const [window_] = useState(newKey)
  const path = `sops/${sopKey}/editors/${window_}`
  const here = useQuery({ queryKey: keys.editors(sopKey, window_), queryFn: () => api.put<Page<Editor>>(path, {}), refetchInterval: again, refetchIntervalInBackground: true, staleTime: 0, gcTime: 0 })
  useEffect(() => {
    const leave = () => void fetch(base + path, { method: 'DELETE', headers: { 'X-Crm': '1' }, credentials: 'same-origin', keepalive: true }).catch(() => undefined)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [path, client])
  const others = here.data?.items ?? []
  const names = [...new Set(others.filter(one => !one.me).map(one => one.person?.name ?? ''))]
  const told = useRef(joined)
  useEffect(() => {
    if (joined === told.current) return
    told.current = joined
    say(names.length === 1 ? t('versions.joined', { name: names[0]! }) : t('versions.joinedSomebody'))
    // the names are those of the moment
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [joined])
  if (others.length === 0) return null
  const text = names.length > 0 ? t('versions.editing', { names: names.join(t('workflows.comma')) }) : t('versions.editingMe')
  return (
    <Tooltip title={text}>
      <span className="editors-here" role="status" aria-label={text}>
        {names.length > 0 ? others.filter(one => !one.me).slice(0, 3).map((one, i) => <Person key={i} of={one.person} size={20} />) : <span className="chip chip-gold">{text}</span>}
      </span>
    </Tooltip>
  )
}
