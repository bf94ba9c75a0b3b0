import { useState } from 'react'

type Values = Record<string, unknown>

/** What was typed and not sent outlives a closed panel and a reload, in this tab of the browser. */
export function useDraft(name: string) {
  const key = `draft/${name}`
  const [kept] = useState((): Values => {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Values
    } catch {
      return {}
    }
  })
  return {
    kept,
    keep: (values: Values) => sessionStorage.setItem(key, JSON.stringify(values)),
    drop: () => sessionStorage.removeItem(key),
  }
}
