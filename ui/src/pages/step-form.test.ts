import { describe, expect, test } from 'vitest'
import { type Filled, formOf, type Gap, gaps, NOTHING_FILLED, type Offered } from './step-form'

const offer = (step: string, more: Partial<Offered> = {}): Offered => ({
  step,
  agreement: 'kr-jp',
  status: 'exercise',
  officersNeeded: 1,
  ...more,
})

const fill = (more: Partial<Filled> = {}): Filled => ({ ...NOTHING_FILLED, officers: ['kim'], ...more })

describe('what is still missing', () => {
  test.each<[string, Offered, Filled, Gap[]]>([
    ['a proposal needs a text', offer('propose'), fill(), ['text']],
    [
      'a text that the node has is not asked for',
      offer('propose', { known: { id: 'kr-jp', nature: 'real', parties: [], title: {} } }),
      fill(),
      [],
    ],
    ['blanks are no text', offer('draft'), fill({ text: ' \n' }), ['text']],
    ['a text is enough', offer('draft'), fill({ text: 'id = "a"' }), []],
    ['nobody signs unseen', offer('sign'), fill(), ['compared']],
    ['nobody initials unseen', offer('initial'), fill(), ['compared']],
    ['a compared text is signed', offer('sign'), fill({ compared: true }), []],
    ['an officer signs', offer('resume'), fill({ officers: [] }), ['officers']],
    ['one of two is not enough', offer('resume', { officersNeeded: 2 }), fill(), ['officers']],
    ['two of two are', offer('resume', { officersNeeded: 2 }), fill({ officers: ['kim', 'lee'] }), []],
    ['nobody suspends everything by omission', offer('suspend'), fill({ cause: 'x' }), ['scope']],
    ['named clauses are named', offer('suspend'), fill({ cause: 'x', whole: false }), ['clauses']],
    ['a suspension has a cause', offer('suspend'), fill({ whole: true, cause: ' ' }), ['cause']],
    [
      'a suspension ends after it begins',
      offer('suspend'),
      fill({ whole: true, cause: 'x', from: '2026-03-01', until: '2026-03-01' }),
      ['span'],
    ],
    ['a notice may name no day', offer('give_notice', { ends: '2026-08-25' }), fill({ cause: 'x' }), []],
    [
      'a notice names no day before the earliest',
      offer('give_notice', { ends: '2026-08-25' }),
      fill({ cause: 'x', ends: '2026-08-24' }),
      ['ends_early'],
    ],
    [
      'the earliest day itself may be named',
      offer('give_notice', { ends: '2026-08-25' }),
      fill({ cause: 'x', ends: '2026-08-25' }),
      [],
    ],
    ['an agreed end names its day', offer('agree_termination'), fill({ cause: 'x' }), ['ends']],
  ])('%s', (_, offered, filled, expected) => {
    expect(gaps(offered, filled)).toEqual(expected)
  })
})

describe('what is sent', () => {
  test('a signature names the number and the digest that were shown', () => {
    const offered = offer('sign', { version: 2, digest: 'ab'.repeat(32) })
    expect(formOf(offered, fill({ compared: true, cause: 'typed elsewhere' }))).toEqual({
      agreement: 'kr-jp',
      step: 'sign',
      officers: ['kim'],
      status: 'exercise',
      version: 2,
      digest: 'ab'.repeat(32),
    })
  })

  test('a text is sent byte for byte', () => {
    const text = 'id = "a"\r\n\ttitle = "é" \n'
    expect(formOf(offer('propose', { agreement: undefined }), fill({ text })).text).toBe(text)
  })

  test('clauses chosen before the whole was are not sent', () => {
    const filled = fill({ whole: true, clauses: ['art-2'], cause: ' why ' })
    const { clauses, cause } = formOf(offer('suspend'), filled)
    expect({ clauses, cause }).toEqual({ clauses: [], cause: 'why' })
  })

  test('a proposal has the status its author chose', () => {
    const offered = offer('propose', { agreement: undefined, status: undefined })
    expect(formOf(offered, fill({ status: 'test' })).status).toBe('test')
  })

  test('a step on a notice names the notice', () => {
    expect(formOf(offer('withdraw_notice', { target: 'n1' }), fill()).target).toBe('n1')
  })
})
