import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Ref } from '@/api/types'
import type { HolidayYear } from './holidays'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]
export type Stretch = { start: string; end: string }
export type Hours = { unit: Ref; from: Ref | null; zone: string; hours: Partial<Record<Weekday, Stretch[]>> }

export const hoursQuery = (unit: string) => queryOptions({ queryKey: ['calendars', 'hours', unit], queryFn: () => api.get<Hours>(`calendars/${unit}`) })
export const holidaysQuery = (year: number) => queryOptions({ queryKey: ['calendars', 'holidays', year], queryFn: () => api.get<HolidayYear>(`calendars/holidays/${year}`) })
