import { createBrowserRouter, type RouteObject } from 'react-router'
import { importRoutes } from '@/imports/routes'
import { platformRoutes, publicRoutes } from '@/platform/routes'
import { workflowRoutes } from '@/workflows/routes'
import { page } from './page'
import { NotFound } from './shell/NotFound'
import { RouteError } from './shell/RouteError'
import { Shell } from './shell/Shell'

const inside: RouteObject[] = [
  { index: true, lazy: page(() => import('@/work/WorkPage'), 'WorkPage') },
  { path: 'tasks/:taskId', lazy: page(() => import('@/work/WorkPage'), 'WorkPage') },
  { path: 'approvals/:approvalId', lazy: page(() => import('@/work/WorkPage'), 'WorkPage') },
  { path: 'notifications', lazy: page(() => import('./notifications/NotificationsPage'), 'NotificationsPage') },
  { path: 'opportunities', lazy: page(() => import('@/sales/OpportunitiesPage'), 'OpportunitiesPage') },
  { path: 'quotes/:id', lazy: page(() => import('@/sales/QuotePage'), 'QuotePage') },
  ...workflowRoutes,
  ...platformRoutes,
  ...importRoutes,
  { path: ':plural', lazy: page(() => import('@/records/ListPage'), 'ListPage') },
  { path: ':plural/bin', lazy: page(() => import('@/records/BinPage'), 'BinPage') },
  { path: ':plural/:id', lazy: page(() => import('@/records/DetailPage'), 'DetailPage') },
  { path: '*', Component: NotFound },
]

export const router = createBrowserRouter([
  { path: '/sign-in', lazy: page(() => import('./session/SignInPage'), 'SignInPage'), ErrorBoundary: RouteError, HydrateFallback: () => null },
  ...publicRoutes.map(route => ({ ...route, ErrorBoundary: RouteError, HydrateFallback: () => null })),
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [{ ErrorBoundary: RouteError, children: inside }],
  },
])
