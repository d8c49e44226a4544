/** How strongly a place was hit, from 1 (felt) to 7 (the highest class of the scale). */
export type Severity = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const SEVERITIES: readonly Severity[] = [1, 2, 3, 4, 5, 6, 7]

/** Seismic intensity classes of the Japan Meteorological Agency, as the API writes them. */
const JMA: Readonly<Record<string, Severity>> = {
  '0': 1,
  '1': 1,
  '2': 1,
  '3': 1,
  '4': 2,
  '5-': 3,
  '5+': 4,
  '6-': 5,
  '6+': 6,
  '7': 7,
}

/** Sustained winds in metres per second from which a class begins, highest first. */
const WINDS: readonly [from: number, severity: Severity][] = [
  [54, 6],
  [44, 5],
  [33, 4],
  [25, 3],
  [0, 2],
]

/** Degrees of warnings, as CAP names them. */
const DEGREES: Readonly<Record<string, Severity>> = { minor: 1, moderate: 2, severe: 4, extreme: 6 }

/** What hit a place, as the API writes it: `6+`, `MMI 7`, `wind 25`, `wildfire severe`. */
export type Hit =
  | { kind: 'shaking'; intensity: string; severity: Severity }
  | { kind: 'wind'; speed: number; severity: Severity }
  | { kind: 'warned'; hazard: string; degree: string; severity: Severity }

/** The kinds of hits, in the order legends list them. */
export const HIT_KINDS: readonly Hit['kind'][] = ['shaking', 'wind', 'warned']

/** Reads what hit a place; null where it says nothing, or nothing that we know. */
export function readHit(text: string): Hit | null {
  const shaking = JMA[text]
  if (shaking !== undefined) return { kind: 'shaking', intensity: text, severity: shaking }
  const [, name = '', value = ''] = /^(\S+)\s+(\S+)$/u.exec(text) ?? []
  const amount = /^\d+$/u.test(value) ? Number(value) : null
  if (name === 'MMI' && amount !== null) {
    const severity = Math.min(7, Math.max(1, amount - 3)) as Severity
    return { kind: 'shaking', intensity: text, severity }
  }
  if (name === 'wind' && amount !== null) {
    const severity = WINDS.find(([from]) => amount >= from)?.[1] ?? 2
    return { kind: 'wind', speed: amount, severity }
  }
  const severity = DEGREES[value]
  return severity === undefined ? null : { kind: 'warned', hazard: name, degree: value, severity }
}

/** The class for shading of what hit a place; where that is not graded it is 1. */
export function severityOf(text: string): Severity {
  return readHit(text)?.severity ?? 1
}

/** The kinds of hits among places, in the order of legends. */
export function hitKinds(places: readonly { intensity: string }[]): Hit['kind'][] {
  const found = new Set(places.map(({ intensity }) => readHit(intensity)?.kind))
  return HIT_KINDS.filter(kind => found.has(kind))
}
