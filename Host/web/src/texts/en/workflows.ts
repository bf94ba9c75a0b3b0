import type { Like } from '..'
import type zh from '../zh/workflows'

export default {
} satisfies Like<typeof zh>
