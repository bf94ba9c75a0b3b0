import { useState } from 'react'
import { LinesSkeleton } from '@/ui/Skeletons'
import { FlowView } from '../canvas/FlowView'
import type { Sop } from '../definition/sop'
import { StepPanel } from '../steps/StepPanel'
import { useWords } from './sops'

/** An SOP's drawing, to read. */
export function SopFlow({ sop }: { sop: Sop }) {
  const words = useWords(sop)
  const [selected, select] = useState<string | null>(null)
  if (!words) return <LinesSkeleton lines={6} />
  return (
    <FlowView
      words={words}
      selected={selected}
      select={select}
      panel={selected && <StepPanel words={words} selected={selected} close={() => select(null)} />}
    />
  )
}
