/** A value with all it was before, and what was undone. */
export type History<T> = { past: T[]; now: T; future: T[] }

export const begin = <T>(now: T): History<T> => ({ past: [], now, future: [] })

/** `joins`: a change that goes on with the last one, such as the next letter of a text, is undone with it. */
export const change = <T>({ past, now }: History<T>, next: T, joins = false): History<T> =>
  next === now ? { past, now, future: [] } : { past: joins && past.length > 0 ? past : [...past, now], now: next, future: [] }

export const undo = <T>(history: History<T>): History<T> =>
  history.past.length === 0 ? history : { past: history.past.slice(0, -1), now: history.past.at(-1)!, future: [history.now, ...history.future] }

export const redo = <T>(history: History<T>): History<T> =>
  history.future.length === 0 ? history : { past: [...history.past, history.now], now: history.future[0]!, future: history.future.slice(1) }

/** The same change made to all of it, also to what was undone. */
export const each = <T>({ past, now, future }: History<T>, of: (value: T) => T): History<T> => ({ past: past.map(of), now: of(now), future: future.map(of) })
