/** Query keys. Everything about a record type starts with ['records', type], so that one live event refreshes all of it. */
export const keys = {
  me: ['me'] as const,
  numbers: ['me', 'numbers'] as const,
  catalogue: ['catalogue'] as const,
  views: (type: string) => ['views', type] as const,
  type: (type: string) => ['records', type] as const,
  list: (type: string, params: object) => ['records', type, 'list', params] as const,
  count: (type: string, params: object) => ['records', type, 'count', params] as const,
  board: (params: object) => ['records', 'opportunity', 'list', 'board', params] as const,
  record: (type: string, id: string) => ['records', type, 'one', id] as const,
  timeline: (type: string, id: string) => ['records', type, 'one', id, 'timeline'] as const,
  tasks: (params?: object) => (params ? (['tasks', params] as const) : (['tasks'] as const)),
  approvals: (params?: object) => (params ? (['approvals', params] as const) : (['approvals'] as const)),
  notifications: ['notifications'] as const,
  sops: (...rest: unknown[]) => ['sops', ...rest] as const,
  runs: (...rest: unknown[]) => ['runs', ...rest] as const,
  imports: (...rest: unknown[]) => ['imports', ...rest] as const,
}
