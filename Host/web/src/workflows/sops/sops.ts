import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page, Ref } from '@/api/types'
import { useCatalogue } from '@/app/me'
import { rolesQuery } from '@/platform/roles/roles'
import type { StepProblem } from '../canvas/context'
import type { Sop } from '../definition/sop'
import { stepsQuery } from '../steps/descriptions'
import type { Words } from '../words/context'

export type SopState = 'draft' | 'published' | 'retired'

export type SopSummary = {
  key: string
  name: Label
  record: string
  state: SopState
  /** The published version; null before the first. */
  version: number | null
  /** Has a draft that differs from what is published. */
  draft: boolean
  openRuns: number
  incidents: number
  updatedAt: string
}

export type SopVersion = { version: number; publishedAt: string; publishedBy: Ref | null; note: string | null; retiredAt: string | null }

export type SopDetail = SopSummary & {
  definition: Sop
  /** Version of the draft, for If-Match. */
  revision?: number
  versions: SopVersion[]
  can?: { edit?: boolean; publish?: boolean; retire?: boolean }
}

export type SopProblem = StepProblem & { step: string | null }

/** What is wrong with a draft, from the server's own validation; what is wrong in two places of a step in the same words is told once. */
export const problemsOf = async (draft: Sop): Promise<SopProblem[]> => {
  const { problems } = await api.post<{ problems: SopProblem[] }>(`sops/${draft.key}/validate`, draft)
  return [...new Map(problems.map(one => [`${one.step} ${one.severity} ${one.message}`, one])).values()]
}

export const sopsQuery = queryOptions({ queryKey: keys.sops('list'), queryFn: () => api.get<Page<SopSummary>>('sops', { limit: 200 }) })

/** `draft`, a version's number, or nothing for what is shown first. */
export const sopQuery = (key: string, version?: string | null) =>
  queryOptions({ queryKey: keys.sops('one', key, version ?? ''), queryFn: () => api.get<SopDetail>(`sops/${key}`, { version }) })

type Named = { id: string; name: string }
const peopleQuery = queryOptions({
  queryKey: keys.list('user', { names: true }),
  queryFn: () => api.get<Page<Named>>('users', { limit: 200, fields: 'name' }),
  staleTime: 5 * 60_000,
})

/** What sentences about this SOP need to know; null until it is all there. `withPeople`: names of people are needed beyond its own. */
export function useWords(sop: Sop | undefined, withPeople = false): Words | null {
  const { byKey, types } = useCatalogue()
  const text = useMemo(() => (sop ? JSON.stringify(sop) : ''), [sop])
  const steps = useQuery(stepsQuery)
  const roles = useQuery(rolesQuery)
  const names = useQuery({ ...peopleQuery, enabled: sop !== undefined && (withPeople || text.includes('"users"')) })
  const sops = useQuery({ ...sopsQuery, enabled: text.includes('"call"') })
  // what looks up names stays the same while the SOP changes
  const known = useMemo(() => {
    if (!steps.data) return null
    const kinds = new Map(steps.data.steps.map(one => [one.kind, one]))
    const triggers = new Map(steps.data.triggers.map(one => [one.kind, one]))
    const people = new Map(names.data?.items.map(one => [one.id, one.name]))
    return {
      find: byKey,
      step: (kind: string) => kinds.get(kind),
      trigger: (kind: string) => triggers.get(kind),
      person: (id: string) => people.get(id),
      role: (key: string) => roles.data?.items.find(one => one.key === key)?.name,
      sopName: (key: string) => sops.data?.items.find(one => one.key === key)?.name,
    }
    // types stands for byKey, which is made anew on every call
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [types, steps.data, roles.data, names.data, sops.data])
  return useMemo(() => (sop && known ? { sop, type: known.find(sop.record), ...known } : null), [sop, known])
}
