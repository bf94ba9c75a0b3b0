import { useSyncExternalStore } from 'react'
import type { Label } from '@/api/types'
import type zh from './zh'

export type Locale = 'zh' | 'en'
type Texts = typeof zh
/** Key of a text: `area.name`. */
export type TextKey = { [Area in keyof Texts & string]: `${Area}.${keyof Texts[Area] & string}` }[keyof Texts & string]
/** What a language must hold: the same keys as the Chinese texts. */
export type Like<T> = { [K in keyof T]: string }
type Args = Record<string, string | number>

let current: Locale = 'zh'
let texts: Record<string, Record<string, string>> = {}
const listeners = new Set<() => void>()

export const locale = () => current
/** People name things in their own language; the other may be added. */
export const otherLocale = (): Locale => (current === 'zh' ? 'en' : 'zh')

export function fill(text: string, args?: Args) {
  return args ? text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole)) : text
}

/** The text in the user's language, `{name}` filled from the arguments. */
export function t(key: TextKey, args?: Args): string {
  const dot = key.indexOf('.')
  return fill(texts[key.slice(0, dot)]?.[key.slice(dot + 1)] ?? key, args)
}

/** A text whose key is put together at run time, or the fallback when there is none. */
export function tMaybe(key: string, fallback: string): string {
  const dot = key.indexOf('.')
  return texts[key.slice(0, dot)]?.[key.slice(dot + 1)] ?? fallback
}

/** Picks the user's language of a label of the server. */
export const label = (of: Label | string | null | undefined): string =>
  of == null ? '' : typeof of === 'string' ? of : of[current] || of.zh || of.en

export async function loadLocale(next: Locale) {
  const loaded = next === 'en' ? await import('./en') : await import('./zh')
  texts = loaded.default
  current = next
  localStorage.setItem('crm.locale', next)
  document.documentElement.lang = next === 'en' ? 'en' : 'zh-CN'
  listeners.forEach(tell => tell())
}

/** The language before anyone has signed in: the last one used here, else the browser's, else Chinese. */
export function firstLocale(): Locale {
  const kept = localStorage.getItem('crm.locale')
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

function subscribe(tell: () => void) {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export const useLocale = () => useSyncExternalStore(subscribe, locale)
