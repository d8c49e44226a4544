import { expect, test } from 'vitest'
import { ableTo, type OfficerLine, signersNeeded } from './officers'

const officer = (id: string, officers_needed: number, ...kinds: string[]): OfficerLine => ({
  id,
  name: id,
  kinds,
  not_after: '2030-01-01T00:00:00Z',
  officers_needed,
})

const KIM = officer('kim', 1, '*')
const LEE = officer('lee', 2, 'sign_agreement', 'draft_agreement')
const PARK = officer('park', 2, 'sign_agreement')

test.each<[string, string[]]>([
  ['sign_agreement', ['kim', 'lee', 'park']],
  ['draft_agreement', ['kim', 'lee']],
  ['give_notice', ['kim']],
])('%s is covered by the mandates of %j', (kind, expected) => {
  expect(ableTo([KIM, LEE, PARK], kind).map(({ id }) => id)).toEqual(expected)
})

test.each<[string, OfficerLine[], string[], number]>([
  ['nobody is chosen: the mildest mandate', [KIM, LEE], [], 1],
  ['nobody is chosen, all are strict', [LEE, PARK], [], 2],
  ['the strictest of those who sign', [KIM, LEE], ['kim', 'lee'], 2],
  ['a strict one who does not sign', [KIM, LEE], ['kim'], 1],
  ['nobody may sign', [], [], 1],
])('%s', (_, able, chosen, expected) => {
  expect(signersNeeded(able, chosen)).toBe(expected)
})
