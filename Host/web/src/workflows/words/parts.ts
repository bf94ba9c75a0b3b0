import { t, type TextKey } from '@/texts'

/** A piece of a sentence; `value` marks what the SOP's author chose. */
export type Part = { text: string; value?: boolean }
type Args = Record<string, string | number | Part[]>

/** Fills `{name}` of a text and keeps what was filled in apart, so that a card can set it off. */
export function fillParts(text: string, args: Args): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const match of text.matchAll(/\{(\w+)\}/g)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index) })
    const value = args[match[1]!]
    if (Array.isArray(value)) parts.push(...value)
    else if (value !== undefined && value !== '') parts.push({ text: String(value), value: true })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ text: text.slice(from) })
  return parts
}

export const say = (key: TextKey, args: Args = {}): Part[] => fillParts(t(key), args)

export const textOf = (parts: Part[]): string => parts.map(part => part.text).join('')
