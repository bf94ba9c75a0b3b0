import type { RouteObject } from 'react-router'
import { page } from '@/app/page'

export const workflowRoutes: RouteObject[] = [
  { path: 'sops', lazy: page(() => import('./sops/SopListPage'), 'SopListPage') },
  { path: 'sops/:key', lazy: page(() => import('./sops/SopPage'), 'SopPage') },
  { path: 'sops/:key/compare', lazy: page(() => import('./versions/ComparePage'), 'ComparePage') },
  { path: 'sops/:key/trial', lazy: page(() => import('./trial/TrialPage'), 'TrialPage') },
  { path: 'sops/:key/replay', lazy: page(() => import('./replay/ReplayPage'), 'ReplayPage') },
  { path: 'runs', lazy: page(() => import('./runs/RunListPage'), 'RunListPage') },
  { path: 'runs/:id', lazy: page(() => import('./runs/RunPage'), 'RunPage') },
]
