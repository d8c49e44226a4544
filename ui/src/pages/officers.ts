import { useQuery } from '@tanstack/react-query'
import type { NodePage } from '../api/client'
import { nodeQuery } from '../api/queries'

export type OfficerLine = NodePage['officers'][number]

/** The officers of this node by the names their mandates give. */
export function useOfficerNames(): (id: string) => string {
  const officers = useQuery(nodeQuery).data?.officers ?? []
  return id => officers.find(officer => officer.id === id)?.name ?? id
}

/** The officers of this node whose mandates cover acts of `kind`. */
export function ableTo(officers: readonly OfficerLine[], kind: string): OfficerLine[] {
  return officers.filter(({ kinds }) => kinds.includes('*') || kinds.includes(kind))
}

/**
 * How many persons must sign together: the strictest mandate among those who do counts, and
 * before anybody is chosen the mildest there is.
 */
export function signersNeeded(able: readonly OfficerLine[], chosen: readonly string[]): number {
  const wanted = able.filter(({ id }) => chosen.includes(id)).map(line => line.officers_needed)
  if (wanted.length > 0) return Math.max(1, ...wanted)
  return able.length === 0 ? 1 : Math.max(1, Math.min(...able.map(line => line.officers_needed)))
}
