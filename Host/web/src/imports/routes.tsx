import type { RouteObject } from 'react-router'
import { page } from '@/app/page'

export const importRoutes: RouteObject[] = [
  { path: 'imports', lazy: page(() => import('./ImportsPage'), 'ImportsPage') },
  { path: 'imports/new', lazy: page(() => import('./ImportWizard'), 'ImportWizard') },
  { path: 'imports/:id', lazy: page(() => import('./ImportPage'), 'ImportPage') },
]
