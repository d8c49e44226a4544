import type { EstimateMove } from '../api/client'

/** One estimate beside the one before it. */
export interface Change {
  move: EstimateMove
  /** How many more people are displaced than by the one before; null for the first. */
  difference: number | null
  /** Whether other factors were used than for the one before. */
  newFactors: boolean
}

/** Each estimate beside the one before it of the same party, oldest first as they come. */
export function changes(moves: readonly EstimateMove[]): Change[] {
  const latest = new Map<string, EstimateMove>()
  return moves.map(move => {
    const before = latest.get(move.party.id)
    latest.set(move.party.id, move)
    return {
      move,
      difference: before === undefined ? null : move.displaced.central - before.displaced.central,
      newFactors: before !== undefined && before.factors !== move.factors,
    }
  })
}

/** One estimate on the chart, in pixels from its upper left corner. */
export interface Bar {
  x: number
  low: number
  central: number
  high: number
  counted: boolean
  at: string
  /** Whether there is room for its time below it. */
  timed: boolean
}

/** The chart of how the estimate moved. */
export interface MoveChart {
  bars: Bar[]
  /** Lines across, from nought up. */
  ticks: { y: number; value: number }[]
  /** Where the bars stand: the left, right, upper and lower edge. */
  left: number
  right: number
  top: number
  bottom: number
}

/** The room a time takes, in pixels. */
const TIME_WIDTH = 92
const EDGE = { left: 66, right: 14, top: 12, bottom: 26 }

/** Lays out the ranges of people displaced: each message has its slot, in the order they came. */
export function moveChart(moves: readonly EstimateMove[], width: number, height: number): MoveChart {
  const [left, right] = [EDGE.left, Math.max(EDGE.left + 1, width - EDGE.right)]
  const [top, bottom] = [EDGE.top, Math.max(EDGE.top + 1, height - EDGE.bottom)]
  const values = ticksOf(Math.max(0, ...moves.map(move => move.displaced.high)))
  const most = values.at(-1) ?? 1
  const y = (value: number) => bottom - (Math.max(0, value) / most) * (bottom - top)
  const slot = (right - left) / Math.max(1, moves.length)
  const every = Math.max(1, Math.ceil(TIME_WIDTH / slot))
  const bars = moves.map((move, i) => ({
    x: left + slot * (i + 0.5),
    low: y(move.displaced.low),
    central: y(move.displaced.central),
    high: y(move.displaced.high),
    counted: move.counted,
    at: move.at,
    // Counted from the last one, so that the newest always has its time.
    timed: (moves.length - 1 - i) % every === 0,
  }))
  return { bars, ticks: values.map(value => ({ y: y(value), value })), left, right, top, bottom }
}

/** Round figures from nought to at least `most`, at most six of them. */
export function ticksOf(most: number): number[] {
  if (most <= 0) return [0, 1]
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5, 10].find(times => times * power >= rough) ?? 10) * power)
  const count = Math.ceil(most / step)
  return Array.from({ length: count + 1 }, (_, i) => i * step)
}
