import type { FindingLine } from '../api/client'
import type { Meaning } from '../parts/mark'

const SEVERITIES: Readonly<Record<FindingLine['severity'], Meaning>> = {
  ok: 'done',
  watch: 'waiting',
  act: 'stopped',
}

/** The shape of a severity; its word stands beside it. */
export function meaningOf(severity: FindingLine['severity']): Meaning {
  return SEVERITIES[severity]
}

/** What every page tells of: somebody's word is in doubt. */
export function alarmsOf(findings: readonly FindingLine[]): FindingLine[] {
  return findings.filter(({ alarm }) => alarm)
}

/** What needs a look, in the node's sequence, and what is well. */
export function parted(findings: readonly FindingLine[]): [FindingLine[], FindingLine[]] {
  return [
    findings.filter(({ severity }) => severity !== 'ok'),
    findings.filter(({ severity }) => severity === 'ok'),
  ]
}

/** Tells two findings of one code apart, so that each keeps its place on the page. */
export function keyOf({ code, party, matter, what }: FindingLine): string {
  return [code, party?.id ?? '', matter ?? '', what.en].join('/')
}
