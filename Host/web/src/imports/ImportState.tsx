import { t } from '@/texts'
import type { ImportState as State } from './imports'

const colors: Record<State, string> = { draft: 'none', checking: 'blue', running: 'blue', done: 'green', failed: 'red', undoing: 'gold', undone: 'none' }

export const ImportState = ({ state }: { state: State }) => <span className={`chip chip-${colors[state]}`}>{t(`imports.state_${state}`)}</span>
