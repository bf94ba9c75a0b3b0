import type { Ref } from '@/api/types'
import { Avatar } from './Avatar'

export function Person({ of, size = 22 }: { of: Ref | null | undefined; size?: number }) {
  if (!of) return <span className="muted">—</span>
  return (
    <span className="person">
      <Avatar name={of.name} size={size} />
      <span className="ellipsis">{of.name}</span>
    </span>
  )
}
