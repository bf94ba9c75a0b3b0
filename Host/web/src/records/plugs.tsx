import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Rec, RecordType } from '@/api/types'
import type { TextKey } from '@/texts'

export type PlugProps = { type: RecordType; record: Rec }
type Part = LazyExoticComponent<ComponentType<PlugProps>>

/** What a feature adds to the detail page of its record type. */
export type Plug = {
  /** Buttons at the left of edit. */
  actions?: Part
  /** Below the header, across the page. */
  banner?: Part
  /** A tab of its own. */
  tab?: { text: TextKey; part: Part }
}

export const plugs: Record<string, Plug> = {
  lead: { actions: lazy(() => import('@/leads/LeadActions')) },
  campaign: { tab: { text: 'records.members', part: lazy(() => import('@/marketing/SegmentMembers')) } },
  segment: { tab: { text: 'records.members', part: lazy(() => import('@/marketing/SegmentMembers')) } },
  opportunity: {
    actions: lazy(() => import('@/sales/OpportunityActions')),
    banner: lazy(() => import('@/sales/StagePath')),
    tab: { text: 'sales.products', part: lazy(() => import('@/sales/OpportunityLines')) },
  },
}
