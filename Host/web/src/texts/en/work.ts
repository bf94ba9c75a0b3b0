import type { Like } from '..'
import type zh from '../zh/work'

export default {
} satisfies Like<typeof zh>
