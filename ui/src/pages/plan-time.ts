import type { PlanFlow, PlanPage } from '../api/client'

/** Load that has left over one link in one direction, up to a moment. */
export interface Stretch {
  link: string
  from: string
  to: string
  /** Kilograms that have left. */
  left: number
  /** Of these, kilograms that are there. */
  there: number
}

/** What has moved up to a moment. */
export interface Moved {
  /** The heaviest first. */
  stretches: readonly Stretch[]
  /** Kilograms that have left where they lay, or lay where they are needed. */
  left: number
  /** Kilograms that have arrived where they are needed. */
  there: number
  /** Kilograms of the whole plan. */
  all: number
}

/** Hours the plan covers. */
export function hoursOf({ period_min, periods }: Pick<PlanPage, 'period_min' | 'periods'>): number {
  return Math.ceil((period_min * periods) / 60)
}

/** The instant so many hours after the start, as the API writes instants. */
export function instant(start: string, hours: number): string {
  return new Date(new Date(start).getTime() + hours * 3_600_000).toISOString()
}

/** Flows of one commodity; of all where none is named. */
export function ofCommodity<Row extends { commodity: string }>(
  rows: readonly Row[],
  commodity: string | null,
): readonly Row[] {
  return commodity === null ? rows : rows.filter(row => row.commodity === commodity)
}

/** What has moved by `at`, an instant included. */
export function movedBy(flows: readonly PlanFlow[], at: string): Moved {
  const moment = new Date(at).getTime()
  const is = (time: string) => new Date(time).getTime() <= moment
  const stretches = new Map<string, Stretch>()
  const sum = { left: 0, there: 0, all: 0 }
  for (const flow of flows) {
    sum.all += flow.kg
    if (is(flow.departs)) sum.left += flow.kg
    if (is(flow.arrives)) sum.there += flow.kg
    for (const leg of flow.legs) {
      if (!is(leg.departs)) continue
      const key = `${leg.link}/${leg.from}`
      const known = stretches.get(key) ?? { link: leg.link, from: leg.from, to: leg.to, left: 0, there: 0 }
      known.left += flow.kg
      if (is(leg.arrives)) known.there += flow.kg
      stretches.set(key, known)
    }
  }
  const heaviest = [...stretches.values()].sort((a, b) => b.left - a.left || a.link.localeCompare(b.link))
  return { stretches: heaviest, ...sum }
}

/** A share in parts per million as a percentage, with no more decimals than asked for. */
export function share(ppm: number, locale: string, decimals = 1): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: decimals }).format(ppm / 1e6)
}

/** The proof as shares of the burden without relief; all of it where nothing is needed. */
export function proofShares({ proof }: Pick<PlanPage, 'proof'>): { bound: number; objective: number; gap: number } {
  const whole = Number(proof.without_relief_milli)
  const part = (milli: number) => (whole > 0 ? (milli / whole) * 1e6 : 0)
  const [bound, objective] = [Number(proof.bound_milli), Number(proof.objective_milli)]
  return { bound: part(bound), objective: part(objective), gap: part(Math.max(0, objective - bound)) }
}

/** Commodities of a plan with their names, in the order they first appear. */
export function commodities(page: Pick<PlanPage, 'flows' | 'unmet'>) {
  const found = new Map([...page.flows, ...page.unmet].map(({ commodity, names }) => [commodity, names]))
  return [...found].map(([id, names]) => ({ id, names }))
}

/** Unmet units against those wanted, for bars: the share missing in each period. */
export function missing({ wanted, unmet }: { wanted: readonly number[]; unmet: readonly number[] }): number[] {
  return wanted.map((all, period) => (all > 0 ? (unmet[period] ?? 0) / all : 0))
}
