import type { Like } from '..'
import type zh from '../zh/leads'

export default {
} satisfies Like<typeof zh>
