import { createContext, useContext } from 'react'
import type { Words } from '../words/context'

/** What the controls of the designer know of the SOP they work on. */
export const DesignWords = createContext<Words | null>(null)

export function useDesignWords(): Words {
  const words = useContext(DesignWords)
  if (!words) throw new Error('useDesignWords outside the designer')
  return words
}
