import type { Interval, ReadinessChange, ReadinessDots, ReadinessJob, ReadinessSite } from '../api/client'

/** Dots in columns from left to right, and those that stand apart from the scale. */
export interface Stacks {
  /** How many dots are in each column of the scale. */
  columns: readonly number[]
  /** How many stand apart: nothing unmet, or not within the time planned for. */
  apart: number
}

/** Columns of a share: each is five of a hundred wide and holds its upper end. */
const SHARE_COLUMNS = 20

/** Dots by share unmet; those with nothing unmet stand apart. */
export function shareStacks(shares: ReadinessDots['share_ppm']): Stacks {
  const columns = Array<number>(SHARE_COLUMNS).fill(0)
  let apart = 0
  for (const share of known(shares)) {
    if (share <= 0) apart += 1
    else add(columns, Math.ceil((share / 1e6) * SHARE_COLUMNS) - 1)
  }
  return { columns, apart }
}

/** Dots by hours, a column for each period and one for its start; those beyond stand apart. */
export function hourStacks(hours: ReadinessDots['half_h'], job: Pick<ReadinessJob, 'periods' | 'period_hours'>): Stacks {
  const columns = Array<number>(job.periods + 1).fill(0)
  let apart = 0
  for (const hour of hours) {
    if (hour == null) apart += 1
    else add(columns, Math.ceil(hour / Math.max(1, job.period_hours)))
  }
  return { columns, apart }
}

/** Marks for a scale of hours: whole days at even distances, no more than five. */
export function hourMarks(horizon: number): number[] {
  const day = 24
  const step = day * Math.max(1, Math.ceil(horizon / day / 4))
  return Array.from({ length: Math.floor(horizon / step) + 1 }, (_, mark) => mark * step)
}

/** Adds one to a column; what lies beyond the last counts there. */
function add(columns: number[], position: number): void {
  const column = Math.min(columns.length - 1, Math.max(0, position))
  columns[column] = (columns[column] ?? 0) + 1
}

function known(figures: readonly (number | null)[]): number[] {
  return figures.filter(figure => figure !== null)
}

/** The highest pile of dots. */
export function highest({ columns, apart }: Stacks): number {
  return Math.max(apart, ...columns)
}

/** Of how many dots which share stays unmet. */
export interface ShareCounts {
  /** Dots in all. */
  all: number
  /** Nothing stays unmet. */
  none: number
  /** More than half stays unmet; all of it included. */
  half: number
}

/** Counts what the sentence above the dots says. */
export function shareCounts(shares: ReadinessDots['share_ppm']): ShareCounts {
  const dots = known(shares)
  return {
    all: dots.length,
    none: dots.filter(share => share <= 0).length,
    half: dots.filter(share => share > 500_000).length,
  }
}

/** How many dots are there by an hour, and how many never. */
export function hourCounts(hours: ReadinessDots['half_h'], by: number): { all: number; by: number; never: number } {
  const arrived = known(hours)
  return { all: hours.length, by: arrived.filter(hour => hour <= by).length, never: hours.length - arrived.length }
}

/** What a change does to a place, as far as the scenarios tell. */
export type Effect = 'better' | 'worse' | 'either' | 'none'

/** A change whose interval reaches to both sides of nothing may be either. */
export function effectOf({ low, value, high }: Interval): Effect {
  if (low === 0 && high === 0) return 'none'
  if (low < 0 && high > 0) return 'either'
  return value < 0 || high <= 0 ? 'better' : 'worse'
}

/** A place with what it goes without, and what it would. */
export interface Shifted {
  site: ReadinessSite
  /** Person-days a year as things are. */
  before: Interval
  /** The same with the step; as before where it changes nothing. */
  after: Interval
  change: Interval
  effect: Effect
}

const NOTHING: Interval = { low: 0, value: 0, high: 0 }

/** Every place with its change, the largest change first, then what is missing most. */
export function shifted(sites: readonly ReadinessSite[], changes: readonly ReadinessChange[]): Shifted[] {
  const by = new Map(changes.map(change => [change.place, change]))
  const all = sites.map((site): Shifted => {
    const found = by.get(site.place)
    const change = found?.change ?? NOTHING
    return { site, before: site.person_days, after: found?.person_days ?? site.person_days, change, effect: effectOf(change) }
  })
  return all.sort(
    (one, other) =>
      Math.abs(other.change.value) - Math.abs(one.change.value) ||
      other.before.value - one.before.value ||
      one.site.place.localeCompare(other.site.place),
  )
}

/** How many places a step makes better, worse, or either. */
export function effects(places: readonly Shifted[]): Record<Effect, number> {
  const count = { better: 0, worse: 0, either: 0, none: 0 }
  for (const { effect } of places) count[effect] += 1
  return count
}

/** A radius whose circle has an area in proportion to the figure. */
export function radius(figure: number, most: number, largest: number): number {
  return most <= 0 ? 0 : largest * Math.sqrt(Math.max(0, figure) / most)
}

/** Tables of a run with their files, in the order they come. */
export interface FileGroup {
  name: string
  rows: number | null
  /** Endings: `csv`, `parquet`. */
  endings: readonly string[]
}

/** Files by what they hold. */
export function fileGroups(files: readonly { name: string; rows?: number | null }[]): FileGroup[] {
  const groups = new Map<string, { name: string; rows: number | null; endings: string[] }>()
  for (const file of files) {
    const dot = file.name.lastIndexOf('.')
    const [name, ending] = dot < 0 ? [file.name, ''] : [file.name.slice(0, dot), file.name.slice(dot + 1)]
    const group = groups.get(name) ?? { name, rows: file.rows ?? null, endings: [] }
    group.endings.push(ending)
    groups.set(name, group)
  }
  return [...groups.values()]
}
