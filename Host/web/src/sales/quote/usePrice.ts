import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '@/api/client'
import type { LinePrice } from '../lines/LinesEditor'

export type Price = {
  lines: LinePrice[]
  subtotal: number
  discountAmount: number
  tax: number
  total: number
  /** In percent of the list prices. */
  effectiveDiscount: number
  strictestDiscount?: number
  /** Only for those who may see it; margin in percent. */
  cost?: number
  margin?: number | null
  authority: { own: number; level2: number; needs: 'none' | 'superior' | 'director' }
}

export type PriceBody = { lines: Record<string, unknown>[]; currency?: unknown; discount?: unknown; taxRate?: unknown }

/** What the quote comes to as it is now; asked again a moment after typing stops. */
export function usePrice(body: PriceBody) {
  // what is not filled in yet is left out: the server takes its default
  const lines = body.lines.map(line => Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null)))
  const text = JSON.stringify({ ...body, lines })
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), 300)
    return () => clearTimeout(timer)
  }, [text])
  return useQuery({
    queryKey: ['price', asked],
    queryFn: ({ signal }) => api.post<Price>('quotes/price', JSON.parse(asked), { signal }),
    enabled: body.lines.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
}
