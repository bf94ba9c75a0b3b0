import { lazy, Suspense, useCallback, useRef, useState } from 'react'
import { download } from '../sops/sopFile'
import type { Words } from '../words/context'

const PrintSheet = lazy(() => import('./PrintSheet'))

/** Hands the drawing out as a picture, and on paper; `sheet` must be drawn somewhere. */
export function usePaper(words: Words | null) {
  const latest = useRef(words)
  latest.current = words
  const [printing, setPrinting] = useState(false)
  const done = useCallback(() => setPrinting(false), [])
  const picture = useCallback(async (kind: 'svg' | 'png') => {
    if (!latest.current) return
    const { pictureOf, pngOf, svgOf } = await import('./picture')
    const drawn = pictureOf(latest.current)
    const name = `${latest.current.sop.key}.${kind}`
    if (kind === 'svg') download(name, svgOf(drawn), 'image/svg+xml')
    else download(name, await pngOf(drawn))
  }, [])
  return {
    picture: useCallback((kind: 'svg' | 'png') => void picture(kind), [picture]),
    print: useCallback(() => setPrinting(true), []),
    sheet: printing && words && <Suspense><PrintSheet words={words} done={done} /></Suspense>,
  }
}
