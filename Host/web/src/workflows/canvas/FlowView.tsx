import { Drawer } from 'antd'
import { lazy, Suspense, type ReactNode } from 'react'
import { useWide } from '@/app/useWide'
import { t } from '@/texts'
import { LinesSkeleton } from '@/ui/Skeletons'
import type { CanvasView } from './context'

const FlowCanvas = lazy(() => import('./FlowCanvas'))

/** The drawing with the details of what is selected: beside it, or on a phone from below. */
export function FlowView({ panel, ...view }: CanvasView & { panel: ReactNode }) {
  const wide = useWide()
  const open = view.selected !== null
  return (
    <div className="sop-body">
      <div className="sop-canvas">
        <Suspense fallback={<div className="step-panel"><LinesSkeleton lines={6} /></div>}>
          <FlowCanvas {...view} />
        </Suspense>
      </div>
      {wide && open && <div className="sop-side">{panel}</div>}
      {!wide && (
        <Drawer open={open} placement="bottom" size="72dvh" closable={false} onClose={() => view.select(null)} styles={{ body: { padding: 0 } }} aria-label={t('workflows.details')}>
          {panel}
        </Drawer>
      )}
    </div>
  )
}
