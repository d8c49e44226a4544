import type { Meaning } from '../parts/mark'

const STANDINGS: Readonly<Record<string, Meaning>> = {
  proposed: 'moving',
  drafted: 'moving',
  initialled: 'moving',
  signed_by_some: 'waiting',
  signed: 'waiting',
  in_force: 'done',
  suspended: 'stopped',
  suspended_in_part: 'waiting',
  notice_given: 'waiting',
  notice_suspended: 'waiting',
  notice_resumed: 'waiting',
  notice_withdrawn: 'done',
  termination_agreed: 'waiting',
  terminated: 'stopped',
  expired: 'stopped',
}

const FORCES: Readonly<Record<string, Meaning>> = { binding: 'done', none: 'stopped', disputed: 'waiting' }

/** How the standing of an agreement is meant. */
export function meaningOf(code: string): Meaning {
  return STANDINGS[code] ?? 'unknown'
}

/** How it is meant that something actual may, or may not, rest on an agreement. */
export function meaningOfForce(force: string): Meaning {
  return FORCES[force] ?? 'unknown'
}
