import { createContext, useContext, useLayoutEffect, useMemo, useRef } from 'react'
import type { Words } from '../words/context'

/** What the controls of the designer know of the SOP they work on. */
export const DesignWords = createContext<Words | null>(null)

export function useDesignWords(): Words {
  const words = useContext(DesignWords)
  if (!words) throw new Error('useDesignWords outside the designer')
  return words
}

/** The words as one object that stays while the SOP changes, so that a letter typed into one control does not draw all others again. */
export function useSteadyWords(words: Words | null): Words | null {
  const latest = useRef(words)
  useLayoutEffect(() => {
    latest.current = words
  })
  const { type, step, trigger, find, person, role, sopName } = words ?? {}
  return useMemo(() => {
    if (!step || !trigger || !find || !person || !role || !sopName) return null
    return { type, step, trigger, find, person, role, sopName, get sop() { return (latest.current ?? words!).sop } }
    // the SOP is read through `latest`
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [type, step, trigger, find, person, role, sopName])
}
