export type Outcome<T> = { item: T; error?: unknown }

/** Does the work for every item, a few at a time; one failure does not stop the others. */
export async function inParallel<T>(items: T[], lanes: number, work: (item: T) => Promise<unknown>, progress?: (done: number) => void): Promise<Outcome<T>[]> {
  const outcomes: Outcome<T>[] = []
  const queue = [...items]
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const current = item
      try {
        await work(current)
        outcomes.push({ item: current })
      } catch (error) {
        outcomes.push({ item: current, error: error ?? new Error('failed') })
      }
      progress?.(outcomes.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
  return outcomes
}
