import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import dayjs from 'dayjs'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Ref } from '@/api/types'
import { t } from '@/texts'
import { number } from '@/ui/format'
import type { RunState } from '../runs/runs'

export type Spread = { n: number; median: number; p90: number }
export type States = Record<RunState, number>
export type StepFigure = { step: string; runs: number; took: Spread | null; failures: number; outcomes: { kind: string; outcome: string | null; n: number; runs: number }[] }
export type Asked = { took: Spread | null; waiting: number }
export type StageFigure = Asked & { step: string; stage: string; people: (Asked & { person: Ref })[] }
export type LateFigure = { n: number; oldest: string }

export type Statistics = {
  from: string
  to: string
  runs: { total: number; since: string | null; states: States; took: Spread | null; days: (States & { day: string })[] }
  now: { open: number; more: boolean; incidents: number; steps: { step: string; n: number }[] }
  steps: StepFigure[]
  overdue: { n: number; more: boolean; steps: (LateFigure & { step: string })[]; people: (LateFigure & { person: Ref })[] }
  approvals: StageFigure[]
  incidents: { step: string; class: string; n: number; open: number }[]
}

/** Which days and which runs: the names that the API and the list of runs share. */
export type SliceFilter = { from?: string; to?: string; version?: string; unit?: string; owner?: string }

export const sliceOf = (search: URLSearchParams): SliceFilter =>
  Object.fromEntries((['from', 'to', 'version', 'unit', 'owner'] as const).flatMap(name => (search.get(name) ? [[name, search.get(name)!]] : [])))

export const statisticsQuery = (key: string, slice: SliceFilter) =>
  queryOptions({ queryKey: keys.figures(key, slice), queryFn: ({ signal }) => api.get<Statistics>(`sops/${key}/statistics`, slice, { signal }), placeholderData: keepPreviousData })

/** The last so many days, today among them. */
export const lastDays = (n: number) => ({ from: dayjs().subtract(n - 1, 'day').format('YYYY-MM-DD'), to: dayjs().format('YYYY-MM-DD') })

/** The list of runs behind a figure: those started in the period, or all that stand so now. */
export function runsBehind(sop: string, slice: SliceFilter, more: Record<string, string | undefined>, figures?: Statistics): string {
  const { from: _, to: __, ...whose } = slice
  const search = new URLSearchParams({ sop })
  for (const [name, value] of Object.entries({ ...(figures ? { from: figures.from, to: figures.to } : {}), ...whose, ...more })) if (value) search.set(name, value)
  return `/runs?${search.toString()}`
}

/** What came of a step, once each: a decision is also how the step was left. */
export const outcomesOfStep = ({ outcomes }: StepFigure) => {
  const decided = outcomes.filter(one => one.kind === 'decided' && one.outcome !== null)
  return decided.length > 0 ? decided : outcomes.filter(one => one.outcome !== null)
}

/** How long something took, in the largest unit that fits. */
export function tookWords(seconds: number): string {
  if (seconds < 60) return t('watch.seconds', { n: seconds < 1 ? '<1' : Math.round(seconds) })
  if (seconds < 3600) return t('watch.minutes', { n: Math.round(seconds / 60) })
  if (seconds < 48 * 3600) return t('watch.hours', { n: number(seconds / 3600, 1) })
  return t('watch.daysLong', { n: number(seconds / 86400, 1) })
}
