import type { ReactNode } from 'react'

const known = ['blue', 'green', 'gold', 'orange', 'red', 'purple', 'cyan', 'magenta', 'volcano', 'lime', 'geekblue']
const meanings: Record<string, string> = { processing: 'blue', success: 'green', warning: 'gold', error: 'red' }

/** A short state or category, coloured softly; the colours are antd's presets. */
export function Chip({ color, children }: { color?: string | null; children: ReactNode }) {
  const shade = meanings[color ?? ''] ?? color ?? ''
  return <span className={`chip chip-${known.includes(shade) ? shade : 'none'}`}>{children}</span>
}
