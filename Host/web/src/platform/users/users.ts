import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, Rec, Ref } from '@/api/types'

export type User = Rec & { name: string; email: string; unit: Ref | null; position: string | null; roles: string[] | null; active: boolean }

export const usersPage = (params: { filter: string | undefined; q: string }, after: string | null) =>
  api.get<Page<User>>('users', { ...params, sort: 'name', limit: 50, after })

/** A link with which its person sets a password. */
export type Invitation = { link: string; expiresAt: string }
export const invite = (id: string) => api.post<Invitation>(`users/${id}/invite`)

/** All records of a type that a company has few of. */
export const allQuery = <T extends Rec>(type: string, plural: string, sort = 'name') =>
  queryOptions({
    queryKey: keys.list(type, { all: true, sort }),
    queryFn: async () => {
      const items: T[] = []
      let after: string | null = null
      do {
        const page: Page<T> = await api.get<Page<T>>(plural, { limit: 200, sort, after })
        items.push(...page.items)
        after = page.next
      } while (after && items.length < 2_000)
      return items
    },
  })
