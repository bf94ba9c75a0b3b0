import type { Like } from '..'
import type zh from '../zh/platform'

export default {
} satisfies Like<typeof zh>
