import { createContext } from 'react'
import type { Step } from '../../definition/sop'

/** The step that is edited: some inputs choose among what others of it hold. None while it is what starts the SOP. */
export const EditedStep = createContext<Step | null>(null)
