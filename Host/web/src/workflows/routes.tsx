import type { RouteObject } from 'react-router'

export const workflowRoutes: RouteObject[] = []
