import type { CasePage, OrderLine, PartyName } from '../api/client'
import type { Meaning } from '../parts/mark'

/** The way from need to settlement. */
export type Step = 'need' | 'request' | 'offer' | 'order' | 'shipment' | 'receipt' | 'settlement'

export const STEPS: readonly Step[] = [
  'need',
  'request',
  'offer',
  'order',
  'shipment',
  'receipt',
  'settlement',
]

/** What one party did at one step, for one commodity. */
export interface LaneLine {
  commodity: string
  names: PartyName['names']
  milli: number
  unit: string
  count: number
}

/** One party at one step. */
export interface LaneCell {
  lines: LaneLine[]
  count: number
  /** How many wait for this party. */
  waiting: number
  meaning: Meaning
}

export interface LaneRow {
  party: PartyName
  cells: Partial<Record<Step, LaneCell>>
}

interface Entry {
  party: PartyName
  step: Step
  commodity: string
  names: PartyName['names']
  milli: number
  unit: string
  meaning: Meaning
}

/** The lanes of a case: those who receive first, then those who assist, each in order of entry. */
export function laneRows(page: CasePage): LaneRow[] {
  const entries = [...needEntries(page), ...requestEntries(page), ...offerEntries(page)]
  for (const order of page.orders) entries.push(...orderEntries(order))
  const rows = new Map<string, LaneRow>()
  for (const entry of entries) {
    let row = rows.get(entry.party.id)
    if (row === undefined) {
      row = { party: entry.party, cells: {} }
      rows.set(entry.party.id, row)
    }
    enter(row, entry)
  }
  return [...rows.values()]
}

function enter(row: LaneRow, entry: Entry): void {
  const cell = (row.cells[entry.step] ??= { lines: [], count: 0, waiting: 0, meaning: 'done' })
  cell.count += 1
  if (entry.meaning === 'waiting') cell.waiting += 1
  cell.meaning = cell.count === 1 ? entry.meaning : weightier(cell.meaning, entry.meaning)
  const line = cell.lines.find(
    each => each.commodity === entry.commodity && each.unit === entry.unit,
  )
  if (line === undefined) {
    const { commodity, names, milli, unit } = entry
    cell.lines.push({ commodity, names, milli, unit, count: 1 })
  } else {
    line.milli += entry.milli
    line.count += 1
  }
}

/** What a cell shows of several states: that somebody must act, before that all is well. */
function weightier(a: Meaning, b: Meaning): Meaning {
  const order: readonly Meaning[] = ['waiting', 'moving', 'done', 'stopped', 'unknown']
  return order.indexOf(a) <= order.indexOf(b) ? a : b
}

function needEntries(page: CasePage): Entry[] {
  const requesting = page.requests[0]?.requesting ?? page.orders[0]?.requesting
  if (requesting === undefined) return []
  return page.needs.map(need => ({
    party: requesting,
    step: 'need',
    commodity: need.commodity,
    names: need.names,
    milli: need.needed.central * 1000,
    unit: need.unit,
    meaning: need.unmet > 0 ? 'moving' : 'done',
  }))
}

const REQUEST_MEANINGS: Readonly<Record<string, Meaning>> = {
  open: 'moving',
  partly_covered: 'moving',
  covered: 'done',
  withdrawn: 'stopped',
}

function requestEntries(page: CasePage): Entry[] {
  return page.requests.map(({ requesting, commodity, names, amount, stage }) => ({
    party: requesting,
    step: 'request',
    commodity,
    names,
    ...amount,
    meaning: REQUEST_MEANINGS[stage] ?? 'unknown',
  }))
}

export const OFFER_MEANINGS: Readonly<Record<string, Meaning>> = {
  proposed: 'moving',
  accepted: 'done',
  accepted_late: 'waiting',
  lapsed: 'stopped',
  declined: 'stopped',
  withdrawn: 'stopped',
}

function offerEntries(page: CasePage): Entry[] {
  return page.offers.map(({ assisting, commodity, names, amount, stage }) => ({
    party: assisting,
    step: 'offer',
    commodity,
    names,
    ...amount,
    meaning: OFFER_MEANINGS[stage] ?? 'unknown',
  }))
}

function orderEntries(order: OrderLine): Entry[] {
  const { commodity, names, requesting, assisting } = order
  const progress = orderProgress(order)
  const entry = (party: PartyName, step: Step, { milli, unit }: OrderLine['ordered']): Entry => ({
    party,
    step,
    commodity,
    names,
    milli,
    unit,
    meaning: progress[step] ?? 'unknown',
  })
  const entries = [entry(assisting, 'order', order.ordered)]
  const shows = (step: Step) => {
    const meaning = progress[step]
    return meaning !== undefined && meaning !== 'unknown'
  }
  if (shows('shipment')) {
    entries.push(entry(assisting, 'shipment', order.shipped.milli > 0 ? order.shipped : order.committed))
  }
  if (shows('receipt')) {
    entries.push(entry(requesting, 'receipt', order.accepted.milli > 0 ? order.accepted : order.shipped))
  }
  if (shows('settlement')) {
    // Settlement changes hands: it stands with the one who must act, else with the one who owed.
    const settling = progress.settlement === 'waiting' ? order.next : undefined
    const owing = order.obligation?.debtor ?? assisting
    entries.push(entry(settling ?? owing, 'settlement', order.accepted))
  }
  return entries
}

/** How far each order has come, by its stage: the steps done and the one it stands at. */
const REACHED: Readonly<Record<string, readonly [done: number, at: Meaning | undefined]>> = {
  requisitioned: [0, 'waiting'],
  committed: [1, 'waiting'],
  in_fulfilment: [2, 'waiting'],
  delivered: [2, 'waiting'],
  accepted: [3, 'waiting'],
  settling: [3, 'waiting'],
  closed: [4, undefined],
  refused: [0, 'stopped'],
  cancelled: [0, 'stopped'],
}

const ORDER_STEPS: readonly Step[] = ['order', 'shipment', 'receipt', 'settlement']

/** The state of an order at each of its steps; steps it never takes or has not reached are absent. */
export function orderProgress(order: OrderLine): Partial<Record<Step, Meaning>> {
  const progress: Partial<Record<Step, Meaning>> = { need: 'done' }
  if (order.request != null) progress.request = 'done'
  const [done, at] = REACHED[order.stage] ?? [0, 'unknown' as const]
  ORDER_STEPS.forEach((step, i) => {
    if (i < done) progress[step] = 'done'
    else if (i === done && at !== undefined) {
      // Nobody is awaited where the order only travels.
      progress[step] = at === 'waiting' && order.next == null ? 'moving' : at
    }
  })
  return progress
}
