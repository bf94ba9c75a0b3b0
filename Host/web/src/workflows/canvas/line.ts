import { getSmoothStepPath } from '@xyflow/react'

/** The line between two pieces and the place of its plus: near the piece below, or where ways join near the one above. */
export function lineBetween(sourceX: number, sourceY: number, targetX: number, targetY: number, joins: boolean) {
  const bend = joins ? targetY - 22 : sourceY + 22
  const [path] = getSmoothStepPath({ sourceX, sourceY, targetX, targetY, centerY: bend, borderRadius: 10 })
  return { path, x: joins ? sourceX : targetX, y: joins ? Math.min(sourceY + 22, targetY - 22) : targetY - 22 }
}
