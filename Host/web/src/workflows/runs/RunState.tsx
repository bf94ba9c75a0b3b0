import { t } from '@/texts'
import type { RunState as State } from './runs'

const colors: Record<State, string> = { running: 'blue', waiting: 'cyan', incident: 'red', done: 'green', cancelled: 'none' }

export const RunState = ({ state }: { state: State }) => <span className={`chip chip-${colors[state] ?? 'none'}`}>{t(`workflows.run_${state}`)}</span>
