import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Rec, RecordType } from '@/api/types'

export type PlugProps = { type: RecordType; record: Rec }
type Part = LazyExoticComponent<ComponentType<PlugProps>>

/** What a feature adds to the detail page of its record type. */
export type Plug = {
  /** Buttons at the left of edit. */
  actions?: Part
  /** Below the header, across the page. */
  banner?: Part
}

export const plugs: Record<string, Plug> = {
  lead: { actions: lazy(() => import('@/leads/LeadActions')) },
}
