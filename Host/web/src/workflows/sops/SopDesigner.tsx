import { useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { Failure } from '@/ui/Failure'
import { PageSkeleton } from '@/ui/Skeletons'
import { Designer } from '../design/Designer'
import { stepsQuery } from '../steps/descriptions'
import type { SopDetail } from './sops'

/** Loads the draft as it is now and hands it to the designer, which from then on brings itself up to date: whatever is asked again meanwhile, what is being edited stays. */
export function SopDesigner({ sopKey }: { sopKey: string }) {
  const draft = useQuery({ queryKey: keys.draft(sopKey), queryFn: () => api.get<SopDetail>(`sops/${sopKey}`, { version: 'draft' }), gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false })
  const steps = useQuery(stepsQuery)
  if (draft.data && steps.data) return <Designer loaded={draft.data} steps={steps.data} />
  const error = draft.error ?? steps.error
  return error ? <Failure error={error} again={() => void (draft.isError ? draft : steps).refetch()} /> : <PageSkeleton />
}
