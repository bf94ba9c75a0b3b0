import { t, type TextKey } from '@/texts'

/** A stretch of working time (`{"business":"PT1H"}`) or of plain time (`{"plain":"P3D"}`), as the server writes it. */
export type Duration = { business: string } | { plain: string }

export const units = ['weeks', 'days', 'hours', 'minutes', 'seconds'] as const
export type Unit = (typeof units)[number]
export type Span = { business: boolean; before: boolean; parts: { n: number; unit: Unit }[] }

const iso = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

export function readDuration(duration: Duration | null | undefined): Span | null {
  if (!duration || typeof duration !== 'object') return null
  const business = 'business' in duration
  const match = iso.exec(business ? duration.business : duration.plain)
  if (!match) return null
  const parts = units.map((unit, i) => ({ n: Number(match[i + 2] ?? 0), unit })).filter(part => part.n > 0)
  return { business, before: match[1] === '-', parts }
}

/** A duration of one part, which is what people enter. */
export function writeDuration(n: number, unit: Unit, business: boolean, before = false): Duration {
  const size = Math.max(0, Math.round(n))
  const text = unit === 'weeks' || unit === 'days' ? `P${size}${unit === 'weeks' ? 'W' : 'D'}` : `PT${size}${unit[0]!.toUpperCase()}`
  const signed = before && size > 0 ? '-' + text : text
  return business ? { business: signed } : { plain: signed }
}

/** A duration as people say it, without its sign. */
export function durationWords(duration: Duration | null | undefined): string {
  const span = readDuration(duration)
  if (!span) return ''
  const words = span.parts.map(({ n, unit }) => t(`workflows.${span.business ? 'business' : 'plain'}_${unit}_${n === 1 ? 'one' : 'many'}` as TextKey, { n }))
  return words.join(' ') || t('workflows.noTime')
}
