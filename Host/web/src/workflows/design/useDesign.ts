import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { useLost } from '@/api/connection'
import { isProblem } from '@/api/problem'
import { report } from '@/app/feedback'
import type { Sop } from '../definition/sop'
import { problemsOf, type SopDetail, type SopProblem } from '../sops/sops'
import { resolveClashes } from '../together/resolveClashes'
import { useTheirs } from '../together/useTheirs'
import { merge, type Choice } from '../together/merge'
import { begin, change, each, redo, undo, type History } from './history'

export type Saving = 'saved' | 'saving' | 'failed' | 'conflict'

/** How long after the last change a draft is checked, and saved. */
const checkAfter = 350
const saveAfter = 700

/** The draft while it is worked on: changes with undo, saved and checked by themselves. */
export function useDesign(loaded: SopDetail) {
  const client = useQueryClient()
  const history = useRef<History<Sop>>(begin(loaded.definition))
  const [sop, show] = useState(loaded.definition)
  const [saving, setSaving] = useState<Saving>('saved')
  const revision = useRef(loaded.revision)
  const saved = useRef(loaded.definition)
  const refused = useRef<Sop | null>(null)
  /** A question about one place is asked once, however often its answer is needed. */
  const asking = useRef(false)
  const last = useRef<{ what: string; at: number }>({ what: '', at: 0 })
  const problems = useProblems(sop)
  /** How often somebody else's changes came in. */
  const [joined, setJoined] = useState(0)

  const go = useCallback((next: History<Sop>) => {
    history.current = next
    show(next.now)
  }, [])
  /** `what` names the control: quick changes of the same one are undone together. */
  const apply = useCallback((change1: Sop | null | ((sop: Sop) => Sop | null), what = '') => {
    const next = typeof change1 === 'function' ? change1(history.current.now) : change1
    if (!next) return
    const joins = what !== '' && last.current.what === what && Date.now() - last.current.at < 1_500
    last.current = { what, at: Date.now() }
    go(change(history.current, next, joins))
  }, [go])

  /** Somebody else has saved: their changes come under mine, also under what undo goes back to. */
  const join = useCallback(async (theirs: SopDetail) => {
    const base = saved.current
    // publishing makes a new revision of the same draft: nobody has changed anything
    if (same(base, theirs.definition)) {
      revision.current = theirs.revision
      return setSaving('saved')
    }
    const { clashes } = merge(base, history.current.now, theirs.definition)
    if (asking.current) return
    asking.current = clashes.length > 0
    const choice: Choice | null = clashes.length > 0 ? await resolveClashes(clashes, theirs.definition) : () => 'mine'
    asking.current = false
    if (!choice) return setSaving('conflict')
    const now = history.current.now
    revision.current = theirs.revision
    saved.current = theirs.definition
    refused.current = null
    const joined = each(history.current, sop => merge(base, sop, theirs.definition, choice).sop)
    // what is theirs and nothing else needs no saving
    go(same(joined.now, theirs.definition) || now === base ? { ...joined, now: theirs.definition } : joined)
    setSaving('saved')
    setJoined(count => count + 1)
  }, [go])
  const fetchTheirs = useCallback(() => api.get<SopDetail>(`sops/${loaded.key}`, { version: 'draft' }), [loaded.key])

  const save = useCallback(async (next: Sop) => {
    setSaving('saving')
    try {
      const answer = await api.put<SopDetail>(`sops/${loaded.key}`, next, { ifMatch: revision.current })
      revision.current = answer.revision
      saved.current = next
      setSaving('saved')
    } catch (error) {
      const conflict = isProblem(error) && error.stale
      if (conflict) return fetchTheirs().then(join, report)
      refused.current = next
      setSaving('failed')
      report(error)
    }
  }, [loaded.key, fetchTheirs, join])
  const lost = useLost()
  useEffect(() => {
    if (!lost && refused.current) void save(history.current.now)
  }, [lost, save])
  useTheirs(loaded.key, revision, saving === 'saved', join)

  useEffect(() => {
    if (sop === saved.current || sop === refused.current || saving === 'saving' || saving === 'conflict') return
    const timer = setTimeout(() => void save(sop), saveAfter)
    return () => clearTimeout(timer)
  }, [sop, saving, save])

  useEffect(() => {
    const unsaved = (event: BeforeUnloadEvent) => {
      if (saved.current !== sop) event.preventDefault()
    }
    window.addEventListener('beforeunload', unsaved)
    return () => window.removeEventListener('beforeunload', unsaved)
  }, [sop])

  useEffect(() => () => void client.invalidateQueries({ queryKey: keys.sops() }), [client])

  return {
    sop,
    /** The SOP at this moment, also between two renders. */
    now: useCallback(() => history.current.now, []),
    apply,
    problems,
    /** Also while the last changes are still waiting to be saved. */
    saving: saving === 'saved' && sop !== saved.current ? 'saving' as const : saving,
    undo: useCallback(() => go(undo(history.current)), [go]),
    redo: useCallback(() => go(redo(history.current)), [go]),
    canUndo: history.current.past.length > 0,
    canRedo: history.current.future.length > 0,
    save: () => void save(history.current.now),
    joined,
    /** Brings a conflict that was left for later to its end. */
    settle: () => void fetchTheirs().then(join, report),
    /** Saves over what somebody else has saved meanwhile. */
    saveOver: () => {
      revision.current = undefined
      void save(history.current.now)
    },
  }
}

/** What the server finds wrong with the SOP as it stands; an answer that comes late is not shown. */
function useProblems(sop: Sop): SopProblem[] {
  const [problems, show] = useState<SopProblem[]>([])
  const first = useRef(true)
  useEffect(() => {
    let late = false
    const ask = () => {
      first.current = false
      problemsOf(sop)
        .then(found => late || show(old => (JSON.stringify(old) === JSON.stringify(found) ? old : found)))
        .catch((error: unknown) => late || report(error))
    }
    const timer = setTimeout(ask, first.current ? 0 : checkAfter)
    return () => {
      late = true
      clearTimeout(timer)
    }
  }, [sop])
  return problems
}

const same = (a: Sop, b: Sop) => JSON.stringify(a) === JSON.stringify(b)

export type Design = ReturnType<typeof useDesign>
