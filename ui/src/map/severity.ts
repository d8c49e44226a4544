/** How strongly a place was hit, from 1 (felt) to 7 (the highest class of the scale). */
export type Severity = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const SEVERITIES: readonly Severity[] = [1, 2, 3, 4, 5, 6, 7]

/** Seismic intensity classes of the Japan Meteorological Agency, as the API writes them. */
const JMA: Readonly<Record<string, Severity>> = {
  '4': 2,
  '5-': 3,
  '5+': 4,
  '6-': 5,
  '6+': 6,
  '7': 7,
}

/** Reads an intensity (`6+`, `MMI 7`) as a class for shading; below the classes it is 1. */
export function severityOf(intensity: string): Severity {
  const mercalli = /^MMI\s*(\d+)/.exec(intensity)
  if (mercalli === null) return JMA[intensity] ?? 1
  const degree = Number(mercalli[1])
  return (Math.min(7, Math.max(1, degree - 3)) as Severity)
}
