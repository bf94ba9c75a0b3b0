import { MutationCache, QueryClient } from '@tanstack/react-query'
import { isProblem } from '@/api/problem'
import { report } from './feedback'

declare module '@tanstack/react-query' {
  interface Register {
    /** quiet: the caller shows its errors itself. */
    mutationMeta: { quiet?: boolean }
  }
}

export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      if (!mutation.meta?.quiet) report(error)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal stays a refusal; only a lost connection is worth another try
      retry: (count, error) => count < 2 && isProblem(error) && (error.status === 0 || error.status >= 500),
      refetchOnWindowFocus: true,
    },
  },
})
