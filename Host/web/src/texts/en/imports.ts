import type { Like } from '..'
import type zh from '../zh/imports'

export default {
} satisfies Like<typeof zh>
