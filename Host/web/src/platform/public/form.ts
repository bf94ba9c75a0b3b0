import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { WebForm } from './VisitorForm'

export const formQuery = (key: string) => queryOptions({ queryKey: ['form', key], queryFn: () => api.get<WebForm>(`forms/${key}`, undefined, { anonymous: true }), retry: false })
