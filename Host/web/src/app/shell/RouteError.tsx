import { useRouteError } from 'react-router'
import { Failure } from '@/ui/Failure'

export function RouteError() {
  return <Failure error={useRouteError()} again={() => window.location.reload()} />
}
