import type { ReactNode } from 'react'

const known = ['blue', 'green', 'gold', 'orange', 'red', 'purple', 'cyan', 'magenta', 'volcano', 'lime', 'geekblue']

/** A short state or category, coloured softly; the colours are antd's presets. */
export function Chip({ color, children }: { color?: string | null; children: ReactNode }) {
  return <span className={`chip chip-${color && known.includes(color) ? color : 'none'}`}>{children}</span>
}
