import { describe, expect, test } from 'vitest'
import type { ReadinessSite } from '../api/client'
import {
  type Effect,
  effectOf,
  effects,
  fileGroups,
  highest,
  hourCounts,
  hourMarks,
  hourStacks,
  radius,
  shareCounts,
  shareStacks,
  shifted,
} from './readiness-figures'

/** Columns that hold anything, as `position:count`. */
const filled = (columns: readonly number[]) =>
  columns.flatMap((count, position) => (count === 0 ? [] : [`${position}:${count}`])).join(' ')

test.each<[shares: (number | null)[], apart: number, columns: string]>([
  [[], 0, ''],
  [[0, 0, 0], 3, ''],
  // The least that is missing is not nothing.
  [[0, 1], 1, '0:1'],
  [[50_000, 50_001], 0, '0:1 1:1'],
  [[499_999, 500_000, 500_001], 0, '9:2 10:1'],
  [[950_001, 1_000_000, 1_000_000], 0, '19:3'],
  // More can be missing than without a plan only by rounding; no dot is lost.
  [[1_000_001], 0, '19:1'],
])('shares %j: %i apart, %s', (shares, apart, columns) => {
  const stacks = shareStacks(shares)
  expect([stacks.apart, filled(stacks.columns)]).toEqual([apart, columns])
  expect(stacks.columns).toHaveLength(20)
})

test.each<[hours: (number | null)[], apart: number, columns: string, highest: number]>([
  [[], 0, '', 0],
  [[0, 0, 12, 24, 36, null], 1, '0:2 1:1 2:1 3:1', 2],
  [[null, null, null], 3, '', 3],
  [[11, 13], 0, '1:1 2:1', 1],
])('hours %j: %i apart, %s', (hours, apart, columns, most) => {
  const stacks = hourStacks(hours, { periods: 3, period_hours: 12 })
  expect([stacks.apart, filled(stacks.columns)]).toEqual([apart, columns])
  expect(stacks.columns).toHaveLength(4)
  expect(highest(stacks)).toBe(most)
})

test.each<[horizon: number, marks: number[]]>([
  [168, [0, 48, 96, 144]],
  [96, [0, 24, 48, 72, 96]],
  [72, [0, 24, 48, 72]],
  [6, [0]],
])('%i hours are marked at %j', (horizon, marks) => {
  expect(hourMarks(horizon)).toEqual(marks)
})

test('no dot is lost, whatever the figures', () => {
  for (let dots = 0; dots < 40; dots += 1) {
    const shares = Array.from({ length: dots }, (_, i) => (i * 77_777) % 1_000_001)
    const hours = shares.map((share, i) => (i % 5 === 0 ? null : share % 200))
    for (const { columns, apart } of [shareStacks(shares), hourStacks(hours, { periods: 14, period_hours: 12 })]) {
      expect(columns.reduce((sum, count) => sum + count, apart)).toBe(dots)
    }
  }
})

test.each<[shares: (number | null)[], all: number, none: number, half: number]>([
  [[], 0, 0, 0],
  [[0, 0, 12, 500_000, 500_001, 1_000_000], 6, 2, 2],
])('%j: of %i nothing in %i, more than half in %i', (shares, all, none, half) => {
  expect(shareCounts(shares)).toEqual({ all, none, half })
})

test.each<[hours: (number | null)[], by: number, counts: [all: number, by: number, never: number]]>([
  [[0, 24, 25, null], 24, [4, 2, 1]],
  [[null], 24, [1, 0, 1]],
])('hours %j by %i', (hours, by, [all, early, never]) => {
  expect(hourCounts(hours, by)).toEqual({ all, by: early, never })
})

test.each<[low: number, value: number, high: number, effect: Effect]>([
  [0, 0, 0, 'none'],
  [-3, -2, -1, 'better'],
  // Some resamples lack the few scenarios in which it helps; in none does it harm.
  [-3, -2, 0, 'better'],
  [-3, 0, 0, 'better'],
  [0, 2, 3, 'worse'],
  [1, 2, 3, 'worse'],
  [-3, 2, 3, 'either'],
  [-1, 0, 1, 'either'],
])('from %i over %i to %i is %s', (low, value, high, effect) => {
  expect(effectOf({ low, value, high })).toBe(effect)
})

const words = (text: string) => ({ ko: text, ja: text, 'zh-Hans': text, en: text })
const around = (value: number) => ({ low: value - 1, value, high: value + 1 })

function site(place: string, days: number): ReadinessSite {
  return { place, names: words(place), at: { lat_micro: 0, lon_micro: 0 }, scenarios: 1, person_days: around(days) }
}

describe('places with a step', () => {
  const sites = [site('a', 10), site('b', 90), site('c', 40), site('d', 90)]
  const change = (place: string, after: number, by: number) => ({
    place,
    scenarios: 1,
    person_days: around(after),
    change: around(by),
  })

  test('what changes most is first, then what is missing most', () => {
    const found = shifted(sites, [change('c', 10, -30), change('a', 15, 5)])
    const told = found.map(one => `${one.site.place} ${one.before.value}→${one.after.value} ${one.effect}`)
    expect(told).toEqual(['c 40→10 better', 'a 10→15 worse', 'b 90→90 none', 'd 90→90 none'])
    expect(effects(found)).toEqual({ better: 1, worse: 1, either: 0, none: 2 })
  })

  test('a place that is not on the map is left out', () => {
    expect(shifted(sites, [change('elsewhere', 1, -1)]).every(({ effect }) => effect === 'none')).toBe(true)
  })
})

test.each<[figure: number, most: number, expected: number]>([
  [100, 100, 20],
  [25, 100, 10],
  [0, 100, 0],
  [-5, 100, 0],
  [7, 0, 0],
])('%i of at most %i has a radius of %i', (figure, most, expected) => {
  expect(radius(figure, most, 20)).toBe(expected)
})

test('files are grouped by what they hold', () => {
  const files = [
    { name: 'report.csv', rows: null },
    { name: 'needs.csv', rows: 7 },
    { name: 'needs.parquet', rows: 7 },
  ]
  const told = fileGroups(files).map(({ name, rows, endings }) => `${name} ${String(rows)} ${endings.join('+')}`)
  expect(told).toEqual(['report null csv', 'needs 7 csv+parquet'])
})
