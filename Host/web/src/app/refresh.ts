import type { QueryClient, QueryFilters } from '@tanstack/react-query'

/** Marks as stale. What is being fetched just now may have been read before the event: it is fetched once more when it has come. */
export async function refresh(client: QueryClient, filters: QueryFilters) {
  const underWay = client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })
  await client.invalidateQueries(filters, { cancelRefetch: false })
  for (const { queryKey } of underWay) void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false })
}
