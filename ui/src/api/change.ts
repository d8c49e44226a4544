import { queryClient } from './queries'

/** What an event tells of: new acts, or only that a neighbour was heard or fell silent. */
export type Change = 'acts' | 'neighbours'

/** What changed between two events of the stream; null when nothing did. */
export function changeOf(before: string, after: string): Change | null {
  if (before === after) return null
  const [old, now] = [positionOf(before), positionOf(after)]
  return old !== null && old === now ? 'neighbours' : 'acts'
}

/** The position of the node's ledger that an event names: `{"position":212,…}`. */
function positionOf(data: string): number | null {
  try {
    const event: unknown = JSON.parse(data)
    if (typeof event !== 'object' || event === null || !('position' in event)) return null
    return typeof event.position === 'number' ? event.position : null
  } catch {
    return null
  }
}

/** Pages that speak of neighbours and not of acts alone. */
const OF_NEIGHBOURS: ReadonlySet<unknown> = new Set(['neighbours', 'doctor', 'situation', 'report'])

/** Asks again for whatever is shown and may have changed. */
export function refresh(changes: ReadonlySet<Change>): void {
  void queryClient.invalidateQueries(
    changes.has('acts') ? {} : { predicate: ({ queryKey }) => OF_NEIGHBOURS.has(queryKey[0]) },
  )
}
