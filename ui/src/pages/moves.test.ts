import { describe, expect, test } from 'vitest'
import type { EstimateMove } from '../api/client'
import { changes, moveChart, ticksOf } from './moves'

function party(id: string): EstimateMove['party'] {
  return { id, names: { ko: id, ja: id, 'zh-Hans': id, en: id } }
}

function move(at: string, [low, central, high]: [number, number, number], more: Partial<EstimateMove> = {}): EstimateMove {
  const spread = { low, central, high }
  return {
    message: `JMA 1 ${at}`,
    at: `2024-01-01T${at}:00Z`,
    party: party('jp-17'),
    counted: false,
    messages: [],
    factors: '2026-11',
    places: 1,
    evacuated: spread,
    displaced: spread,
    without_water: spread,
    deaths: null,
    ...more,
  }
}

const MOVES = [
  move('07:12', [100, 9000, 20000]),
  move('07:20', [2000, 5000, 8000]),
  move('09:00', [4000, 5200, 6000], { counted: true, factors: '2026-12' }),
]

describe('the changes', () => {
  test('are told against the one before', () => {
    expect(changes(MOVES).map(({ difference }) => difference)).toEqual([null, -4000, 200])
  })

  test('are told against the one before of the same party', () => {
    const other = move('07:15', [1, 100, 200], { party: party('jp-cao') })
    const [first, second] = MOVES
    if (first === undefined || second === undefined) throw new Error('there are two')
    expect(changes([first, other, second]).map(change => change.difference)).toEqual([null, null, -4000])
  })

  test('say where other factors were used', () => {
    expect(changes(MOVES).map(({ newFactors }) => newFactors)).toEqual([false, false, true])
  })

  test('of nothing are none', () => {
    expect(changes([])).toEqual([])
  })
})

describe('the chart', () => {
  const { bars, ticks, left, right, top, bottom } = moveChart(MOVES, 640, 220)

  test('keeps the order of low, middle and high, upwards, within its frame', () => {
    for (const { x, low, central, high } of bars) {
      expect(bottom >= low && low >= central && central >= high && high >= top).toBe(true)
      expect(x > left && x < right).toBe(true)
    }
  })

  test('stands on nought and is true to scale', () => {
    expect(ticks[0]).toEqual({ y: bottom, value: 0 })
    const [first, second] = bars
    const height = (central: number | undefined) => bottom - (central ?? 0)
    expect(height(first?.central) / height(second?.central)).toBeCloseTo(9 / 5)
  })

  test('goes from the left to the right and marks counts', () => {
    expect(bars.map(({ x }) => x)).toEqual([...bars.map(({ x }) => x)].sort((a, b) => a - b))
    expect(bars.map(({ counted }) => counted)).toEqual([false, false, true])
  })

  test('leaves times out where they would run into each other, the newest last', () => {
    const crowd = Array.from({ length: 24 }, () => move('07:12', [1, 2, 3]))
    const timed = moveChart(crowd, 360, 220).bars.map(bar => bar.timed)
    expect(timed.at(-1)).toBe(true)
    expect(timed.filter(Boolean).length).toBeLessThan(5)
  })

  test('draws estimates of nobody', () => {
    const [bar] = moveChart([move('07:12', [0, 0, 0])], 640, 220).bars
    expect(bar).toMatchObject({ low: bottom, central: bottom, high: bottom })
  })
})

test.each([
  [0, [0, 1]],
  [3, [0, 1, 2, 3]],
  [20000, [0, 5000, 10000, 15000, 20000]],
  [20001, [0, 10000, 20000, 30000]],
  [54081, [0, 20000, 40000, 60000]],
])('%i has round lines across', (most, ticks) => {
  expect(ticksOf(most)).toEqual(ticks)
})

test('the lines across reach the highest figure and are few', () => {
  for (let most = 1; most < 2_000_000; most = Math.ceil(most * 1.37)) {
    const ticks = ticksOf(most)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most)
    expect(ticks.length).toBeLessThanOrEqual(6)
  }
})
