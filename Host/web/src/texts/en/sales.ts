import type { Like } from '..'
import type zh from '../zh/sales'

export default {
} satisfies Like<typeof zh>
