import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { keys } from '@/api/keys'
import type { Me } from '@/api/types'

/** Enters the page as the person that a link has just signed in. */
export function useEnter() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return (me: Me) => {
    client.clear()
    client.setQueryData(keys.me, me)
    void navigate('/', { replace: true })
  }
}

/** The secret of a one-time link stands behind the #, so that no server on the way writes it down. */
export const secretOfLink = () => location.hash.slice(1)
