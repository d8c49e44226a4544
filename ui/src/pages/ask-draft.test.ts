import { expect, test } from 'vitest'
import type { ChoicesPage } from '../api/client'
import { consentsOf, type Draft, draftOf, EMPTY, formOf } from './ask-draft'

const names = { ko: 'x', ja: 'x', 'zh-Hans': 'x', en: 'x' }
const CHOICES: ChoicesPage = {
  parties: [],
  commodities: [{ id: 'blanket', names, unit: 'EA' }],
  categories: [],
  purposes: [],
}
const ASKED: Draft = { ...EMPTY, giver: 'kr-45', receiver: 'jp-17', commodity: 'blanket', quantity: 500 }

test('a question is sent once who, what and what for are said', () => {
  expect(formOf(EMPTY, CHOICES)).toBeNull()
  expect(formOf({ ...ASKED, commodity: null }, CHOICES)).toBeNull()
  expect(formOf({ ...ASKED, purpose: null }, CHOICES)).toBeNull()
  expect(formOf(ASKED, CHOICES)?.quantity).toBe('500 EA')
  const byCategory = formOf({ ...ASKED, commodity: null, category: 'shelter' }, CHOICES)
  expect([byCategory?.category, byCategory?.quantity]).toEqual(['shelter', '500 KGM'])
})

test('what is known of the event is said of a push alone', () => {
  const known: Draft = { ...ASKED, hours: 2, intensity: '6+', requested: true }
  expect(formOf(known, CHOICES)?.event).toBeNull()
  expect(formOf(known, CHOICES)?.requested).toBe(false)
  const push = formOf({ ...known, action: 'push' }, CHOICES)
  expect(push?.event).toEqual({ hours_since: 2, intensity: '6+', alert: null, contact_lost: false })
  expect(push?.requested).toBe(true)
})

test('only consents that the question turns on are sent', () => {
  const draft: Draft = { ...ASKED, transit: ['cn-js'], consents: ['cn-js/transit', 'jp-17/push'] }
  expect(consentsOf(draft).map(({ key }) => key)).toEqual(['cn-js/transit'])
  expect(formOf(draft, CHOICES)?.consents).toEqual([{ by: 'cn-js', to: 'transit' }])
  const push: Draft = { ...draft, action: 'push', onward: 'jp-16' }
  expect(consentsOf(push).map(({ key }) => key)).toEqual(['jp-17/push', 'cn-js/transit', 'kr-45/onward'])
})

test('a form shows in the fields as it would be sent again', () => {
  const draft: Draft = {
    ...ASKED,
    action: 'push',
    agreement: 'kr-45--jp-17',
    on: '2024-01-02',
    onward: 'jp-16',
    transit: ['cn-js'],
    mode: 'sea',
    hours: 3,
    unreachable: true,
    consents: ['jp-17/push'],
  }
  const form = formOf(draft, CHOICES)
  expect(form).not.toBeNull()
  if (form !== null) expect(formOf(draftOf(form), CHOICES)).toEqual(form)
})
