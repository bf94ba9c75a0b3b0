import type { Label } from '@/api/types'
import { locale } from '@/texts'

/** People name things in their own language; the other may be added. */
export const otherLanguage = () => (locale() === 'zh' ? 'en' as const : 'zh' as const)

/** With the one language in the place of the other where only one was given; nothing where neither was. */
export const whole = (name: Partial<Label> | null | undefined): Label | undefined =>
  name?.zh || name?.en ? { zh: name.zh || name.en!, en: name.en || name.zh! } : undefined
