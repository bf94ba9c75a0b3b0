import type { RouteObject } from 'react-router'

export const platformRoutes: RouteObject[] = []
