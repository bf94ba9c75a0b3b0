import { t } from '@/texts'
import type { SopState as State } from './sops'

const colors: Record<State, string> = { draft: 'gold', published: 'green', retired: 'none' }

export const SopState = ({ state }: { state: State }) => <span className={`chip chip-${colors[state]}`}>{t(`workflows.state_${state}`)}</span>
