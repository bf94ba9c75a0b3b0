import type { Like } from '..'
import type zh from '../zh/records'

export default {
} satisfies Like<typeof zh>
