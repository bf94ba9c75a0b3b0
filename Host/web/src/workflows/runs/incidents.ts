import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Label, Page } from '@/api/types'

/** Open incidents that one mend would solve. */
export type Cause = { sop: string; step: string; code: string; class: string; message: Label | string; count: number; since: string; last: string }
export type Mend = 'retry' | 'skip' | 'cancel'

export const causesQuery = queryOptions({ queryKey: keys.runs('incidents'), queryFn: () => api.get<Page<Cause>>('incidents') })

/** Mends all runs of a cause; some may have to be left. */
export const mendAll = ({ sop, step, code }: Cause, how: Mend) => api.post<{ done: number; failed: unknown[] }>(`incidents/${how}`, { sop, step, code })
