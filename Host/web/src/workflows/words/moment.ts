import { t } from '@/texts'
import type { Moment } from '../definition/sop'
import type { Words } from './context'
import { durationWords, readDuration, type Duration } from './duration'
import { pathWords } from './paths'

/** A time counted from now, or from a date of the record: the end of "wait until". */
export function momentWords(moment: Moment | null | undefined, words: Words): string {
  if (!moment) return t('workflows.anyTime')
  if (moment.in) return t('workflows.afterNow', { duration: durationWords(moment.in) })
  return moved(pathWords(moment.path ?? '', words), moment.plus)
}

function moved(from: string, by: Duration | null | undefined): string {
  const span = readDuration(by)
  if (!span || span.parts.length === 0) return from
  return t(span.before ? 'workflows.beforeDate' : 'workflows.afterDate', { field: from, duration: durationWords(by) })
}

/** The same as a limit: "within 3 working days", "3 days before the expected close". */
export const limitWords = (moment: Moment | null | undefined, words: Words): string =>
  moment?.in ? t('workflows.within', { duration: durationWords(moment.in) }) : t('workflows.until', { at: momentWords(moment, words) })

/** `{"$":"now","plus":"-P3D"}` of a filter in words. */
export const relativeWords = (base: 'now' | 'today', plus: string | undefined): string =>
  moved(t(base === 'now' ? 'workflows.now' : 'workflows.today'), plus ? { plain: plus } : null)
