import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { isProblem } from '@/api/problem'
import { report } from '@/app/feedback'
import type { Sop } from '../definition/sop'
import { problemsOf, type SopDetail, type SopProblem } from '../sops/sops'
import { begin, change, redo, undo, type History } from './history'

export type Saving = 'saved' | 'saving' | 'failed' | 'conflict'

/** The draft while it is worked on: changes with undo, saved by themselves, checked after each save. */
export function useDesign(loaded: SopDetail) {
  const client = useQueryClient()
  const [history, setHistory] = useState<History<Sop>>(() => begin(loaded.definition))
  const [saving, setSaving] = useState<Saving>('saved')
  const [problems, setProblems] = useState<SopProblem[]>([])
  const revision = useRef(loaded.revision)
  const saved = useRef(loaded.definition)
  const refused = useRef<Sop | null>(null)
  const last = useRef<{ what: string; at: number }>({ what: '', at: 0 })
  const sop = history.now

  /** `what` names the control: quick changes of the same one are undone together. */
  const apply = useCallback((next: Sop | null, what = '') => {
    if (!next) return
    const joins = what !== '' && last.current.what === what && Date.now() - last.current.at < 1_500
    last.current = { what, at: Date.now() }
    setHistory(old => change(old, next, joins))
  }, [])

  const check = useCallback(async (draft: Sop) => setProblems(await problemsOf(draft)), [])

  const save = useCallback(async (next: Sop) => {
    setSaving('saving')
    try {
      const answer = await api.put<SopDetail>(`sops/${loaded.key}`, next, { ifMatch: revision.current })
      revision.current = answer.revision
      saved.current = next
      setSaving('saved')
      await check(next)
    } catch (error) {
      const conflict = isProblem(error) && error.stale
      refused.current = next
      setSaving(conflict ? 'conflict' : 'failed')
      if (!conflict) report(error)
    }
  }, [loaded.key, check])

  useEffect(() => {
    if (sop === saved.current || sop === refused.current || saving === 'saving' || saving === 'conflict') return
    const timer = setTimeout(() => void save(sop), 700)
    return () => clearTimeout(timer)
  }, [sop, saving, save])

  useEffect(() => {
    check(loaded.definition).catch(report)
  }, [check, loaded.definition])

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
    apply,
    problems,
    saving,
    undo: history.past.length > 0 ? () => setHistory(undo) : undefined,
    redo: history.future.length > 0 ? () => setHistory(redo) : undefined,
    /** Saves over what somebody else has saved meanwhile. */
    saveOver: () => {
      revision.current = undefined
      void save(sop)
    },
  }
}

export type Design = ReturnType<typeof useDesign>
