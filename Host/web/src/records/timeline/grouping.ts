import type { Change, TimelineEntry } from '@/api/types'

/** Changes of one person to one record within this time read as one. */
const together = 5 * 60_000

/** Joins a person's successive changes of the same record; the entries come newest first and stay so. */
export function groupEntries(entries: TimelineEntry[]): TimelineEntry[] {
  const groups: TimelineEntry[] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    if (last && joins(last, entry)) groups[groups.length - 1] = { ...last, changes: mergeChanges(entry.changes, last.changes) }
    else groups.push(entry)
  }
  return groups.filter(group => group.kind !== 'updated' || group.changes.length > 0 || group.note)
}

const joins = (newer: TimelineEntry, older: TimelineEntry) =>
  newer.kind === 'updated' && older.kind === 'updated' && newer.recordId === older.recordId && newer.actor?.id === older.actor?.id &&
  newer.source === older.source && !newer.note && !older.note && Date.parse(newer.at) - Date.parse(older.at) < together

/** From the older start to the newer end; what came back to where it was is left out. */
function mergeChanges(older: Change[], newer: Change[]): Change[] {
  const merged = new Map(older.map(change => [change.field, change]))
  for (const change of newer) {
    const before = merged.get(change.field)
    merged.set(change.field, before ? { ...change, old: before.old } : change)
  }
  return [...merged.values()].filter(change => JSON.stringify(change.old) !== JSON.stringify(change.new))
}
