import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Page, RecordType, SavedView } from '@/api/types'
import { both, type Filter } from '@/records/filter/model'
import { label } from '@/texts'
import { quickFilter, type Quick } from './quick'

export type ListView = { key: string; name: string; filter: Filter | null; sort: string; columns: string[]; saved?: SavedView }

const read = <T,>(text: string | null): T | null => {
  try {
    return text ? (JSON.parse(text) as T) : null
  } catch {
    return null
  }
}

/** What a list shows: a view, and what was changed about it. All of it is in the address, so that it can be shared and gone back to. */
export function useListState(type: RecordType) {
  const [params, setParams] = useSearchParams()
  const saved = useQuery({
    queryKey: keys.views(type.key),
    queryFn: () => api.get<Page<SavedView>>('views', { type: type.key }),
    staleTime: 60_000,
  })

  const views = useMemo((): ListView[] => {
    const fallback = type.views[0]?.columns ?? [type.nameField]
    return [
      ...type.views.map(view => ({
        key: view.key, name: label(view.label), filter: toFilter(view.filter), sort: view.sort ?? '', columns: view.columns,
      })),
      ...(saved.data?.items ?? []).map(view => ({
        key: view.id, name: view.name, filter: toFilter(view.filter), sort: view.sort ?? '', columns: view.columns?.length ? view.columns : fallback, saved: view,
      })),
    ]
  }, [type, saved.data])

  const first: ListView = views[0] ?? { key: 'all', name: '', filter: null, sort: '', columns: [type.nameField] }
  const ownFilter = params.has('filter')
  const used = `crm.view.${type.key}`
  // a filter in the address came from elsewhere, and is not about what was used here
  const wanted = params.get('view') ?? (ownFilter ? null : localStorage.getItem(used))
  const view = views.find(v => v.key === wanted) ?? first
  const filter = ownFilter ? read<Filter>(params.get('filter')) : view.filter
  const quick = read<Quick>(params.get('quick')) ?? {}
  const sort = params.get('sort') ?? view.sort
  const q = params.get('q') ?? ''
  const columns = params.get('columns')?.split(',').filter(Boolean) ?? view.columns

  const change = (next: Record<string, string | null>) =>
    setParams(
      current => {
        const changed = new URLSearchParams(current)
        for (const [key, value] of Object.entries(next)) value === null ? changed.delete(key) : changed.set(key, value)
        return changed
      },
      { replace: true },
    )

  return {
    views, view, q, sort, columns, filter, quick,
    changed: ownFilter || params.has('sort') || params.has('columns'),
    /** Everything that narrows the list, as the API takes it. */
    whole: both(filter, quickFilter(quick)),
    open: (key: string) => {
      localStorage.setItem(used, key)
      setParams({ view: key, ...(q ? { q } : {}) })
    },
    setFilter: (next: Filter | null) => change({ filter: JSON.stringify(next) }),
    setQuick: (next: Quick) => change({ quick: Object.keys(next).length > 0 ? JSON.stringify(next) : null }),
    setSort: (next: string) => change({ sort: next }),
    setColumns: (next: string[]) => change({ columns: next.join(',') }),
    setQ: (next: string) => change({ q: next || null }),
    reset: () => change({ filter: null, sort: null, columns: null }),
    clear: () => change({ filter: 'null', quick: null, q: null }),
  }
}

const toFilter = (filter: unknown): Filter | null =>
  typeof filter === 'string' ? read<Filter>(filter) : ((filter as Filter | null | undefined) ?? null)

export type ListState = ReturnType<typeof useListState>
