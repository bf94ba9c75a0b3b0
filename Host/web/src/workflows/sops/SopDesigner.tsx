import { useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { Failure } from '@/ui/Failure'
import { PageSkeleton } from '@/ui/Skeletons'
import { Designer } from '../design/Designer'
import { stepsQuery } from '../steps/descriptions'
import type { SopDetail } from './sops'

/** Loads the draft as it is now and hands it to the designer. */
export function SopDesigner({ sopKey }: { sopKey: string }) {
  // loaded once: what others save meanwhile, and what it saves itself, must not begin the designer anew
  const draft = useQuery({ queryKey: ['draft', sopKey], queryFn: () => api.get<SopDetail>(`sops/${sopKey}`, { version: 'draft' }), gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false })
  const steps = useQuery(stepsQuery)
  const error = draft.error ?? steps.error
  if (error) return <Failure error={error} again={() => void (draft.isError ? draft : steps).refetch()} />
  if (!draft.data || !steps.data || draft.isFetching) return <PageSkeleton />
  return <Designer loaded={draft.data} steps={steps.data} />
}
