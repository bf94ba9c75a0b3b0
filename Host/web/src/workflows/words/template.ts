import { label } from '@/texts'
import type { Wording } from '../definition/sop'
import type { Words } from './context'
import { pathWords } from './paths'

/** A template as people read it: `{{company}}` becomes ‹Company›. */
export const templateWords = (text: Wording | null | undefined, words: Words): string =>
  label(text).replace(/\{\{+\s*([^}]+?)\s*\}\}+/g, (_, path: string) => `‹${pathWords(path.replace(/^record\./, ''), words)}›`)
