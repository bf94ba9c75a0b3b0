import type { RecordType } from '@/api/types'
import { label, tMaybe } from '@/texts'

/** The name of a type for many of its records: languages with a plural name those they know. */
export const typeName = (type: RecordType) => tMaybe(`app.many_${type.key}`, label(type.label))
