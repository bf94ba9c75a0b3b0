import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'

/** A page that is loaded when it is first opened: `page(() => import('./RunPage'), 'RunPage')`. */
export function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): RouteObject['lazy'] {
  return async () => ({ Component: (await load())[name] })
}
