import { expect, test } from 'vitest'
import type { PlanFlow } from '../api/client'
import { commodities, hoursOf, instant, missing, movedBy, ofCommodity, proofShares, share } from './plan-time'

const words = (text: string) => ({ ko: text, ja: text, 'zh-Hans': text, en: text })
const party = (id: string) => ({ id, names: words(id) })

/** So many kilograms by ferry and then by road. */
function flow(kg: number, commodity: string, [departs, lands, arrives]: [string, string, string]): PlanFlow {
  const at = (hour: string) => `2024-01-01T${hour}:00:00Z`
  return {
    giver: party('kr'),
    receiver: party('jp'),
    place: 'p',
    place_names: words('p'),
    commodity,
    names: words(commodity),
    amount: { milli: kg * 1000, unit: 'KGM' },
    kg,
    packed: null,
    from: 'a',
    departs: at(departs),
    arrives: at(arrives),
    clause: null,
    legs: [
      { link: 'ferry', from: 'a', to: 'b', departs: at(departs), arrives: at(lands), vehicles: 0 },
      { link: 'road', from: 'b', to: 'c', departs: at(lands), arrives: at(arrives), vehicles: 0 },
    ],
  }
}

const FLOWS = [flow(100, 'water', ['02', '05', '06']), flow(30, 'blanket', ['04', '07', '08'])]

test.each<[string, [left: number, there: number], string]>([
  ['01', [0, 0], ''],
  ['02', [100, 0], 'ferry 100/0'],
  ['04', [130, 0], 'ferry 130/0'],
  ['05', [130, 0], 'ferry 130/100, road 100/0'],
  ['06', [130, 100], 'ferry 130/100, road 100/100'],
  ['08', [130, 130], 'ferry 130/130, road 130/130'],
])('by %s o’clock', (hour, [left, there], stretches) => {
  const moved = movedBy(FLOWS, `2024-01-01T${hour}:00:00Z`)
  expect([moved.left, moved.there, moved.all]).toEqual([left, there, 130])
  expect(moved.stretches.map(one => `${one.link} ${one.left}/${one.there}`).join(', ')).toBe(stretches)
})

test('a commodity is picked out, and all of them when none is named', () => {
  expect(ofCommodity(FLOWS, 'water')).toHaveLength(1)
  expect(ofCommodity(FLOWS, null)).toHaveLength(2)
  expect(commodities({ flows: FLOWS, unmet: [] }).map(({ id }) => id)).toEqual(['water', 'blanket'])
})

test('hours and instants', () => {
  expect(hoursOf({ period_min: 90, periods: 3 })).toBe(5)
  expect(instant('2024-01-01T00:00:00Z', 30)).toBe('2024-01-02T06:00:00.000Z')
})

test('shares say no more than they know', () => {
  expect(share(8, 'en', 4)).toBe('0.0008%')
  expect(share(123_456, 'en')).toBe('12.3%')
})

test('the proof as shares of the burden without relief', () => {
  const proof = {
    objective_milli: '500004',
    bound_milli: '500000',
    without_relief_milli: '1000000',
    gap_ppm: 4,
    rounding_ppm: null,
    certificate: '',
  }
  expect(proofShares({ proof })).toEqual({ bound: 500_000, objective: 500_004, gap: 4 })
  const nothing = { ...proof, objective_milli: '0', bound_milli: '0', without_relief_milli: '0' }
  expect(proofShares({ proof: nothing })).toEqual({ bound: 0, objective: 0, gap: 0 })
})

test('what is missing, period by period', () => {
  expect(missing({ wanted: [0, 4, 8], unmet: [0, 1, 8] })).toEqual([0, 0.25, 1])
})
