import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'

/** Said on the way to what takes the place of something just finished. */
export const follows = { follows: true }

const moment = 800

/** False for a moment where this took the place of what was just finished: a press that was meant for that one must not decide on something unseen. */
export function useArmed() {
  const [armed, arm] = useState((useLocation().state as Partial<typeof follows> | null)?.follows !== true)
  useEffect(() => {
    if (armed) return
    const timer = setTimeout(() => arm(true), moment)
    return () => clearTimeout(timer)
  }, [armed])
  return armed
}
