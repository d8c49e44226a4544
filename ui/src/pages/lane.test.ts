import { describe, expect, test } from 'vitest'
import type { CasePage, OrderLine } from '../api/client'
import { laneRows, orderProgress, type Step, STEPS } from './lane'

const words = (text: string) => ({ ko: text, ja: text, 'zh-Hans': text, en: text })
const party = (id: string) => ({ id, names: words(id) })
const pieces = (count: number) => ({ milli: count * 1000, unit: 'EA' })

function order(stage: string, next: string | null, more: Partial<OrderLine> = {}): OrderLine {
  return {
    id: `order-${stage}`,
    matter: 'm',
    pushed: false,
    request: 'r1',
    requesting: party('jp-17'),
    assisting: party('kr-45'),
    place: 'jp-17204',
    place_names: words('Wajima'),
    commodity: 'blanket',
    names: words('Blanket'),
    purpose: 'disaster_relief',
    ordered: pieces(500),
    committed: pieces(400),
    shipped: pieces(400),
    accepted: pieces(390),
    rejected: pieces(0),
    short: pieces(10),
    stage,
    next: next === null ? null : party(next),
    next_kind: null,
    mode: 'gift',
    price: null,
    obligation: null,
    shipments: [],
    clause: null,
    time: '2024-01-01T08:00:00Z',
    ...more,
  }
}

/** The steps as one text: `need done, order waiting`. */
function shown(line: OrderLine): string {
  const progress = orderProgress(line)
  return STEPS.filter((step: Step) => progress[step] !== undefined)
    .map(step => `${step} ${progress[step]}`)
    .join(', ')
}

test.each([
  ['requisitioned', 'kr-45', 'need done, request done, order waiting'],
  ['committed', 'kr-45', 'need done, request done, order done, shipment waiting'],
  ['in_fulfilment', 'jp-17', 'need done, request done, order done, shipment done, receipt waiting'],
  ['in_fulfilment', null, 'need done, request done, order done, shipment done, receipt moving'],
  ['closed', null, 'need done, request done, order done, shipment done, receipt done, settlement done'],
  ['refused', null, 'need done, request done, order stopped'],
  ['of_tomorrow', null, 'need done, request done, order unknown'],
])('an order at %s, next %s', (stage, next, expected) => {
  expect(shown(order(stage, next))).toBe(expected)
})

test('push support has no request', () => {
  expect(shown(order('closed', null, { request: null, pushed: true }))).not.toContain('request')
})

describe('the lanes', () => {
  const page = {
    needs: [],
    requests: [],
    offers: [],
    orders: [order('closed', null), order('requisitioned', 'kr-45')],
  } as unknown as CasePage

  test('put each step into the lane of the party that takes it', () => {
    const lanes = laneRows(page).map(row => `${row.party.id}: ${Object.keys(row.cells).join(' ')}`)
    expect(lanes).toEqual(['kr-45: order shipment settlement', 'jp-17: receipt'])
  })

  test('add up one commodity and show that somebody must act', () => {
    const cell = laneRows(page)[0]?.cells.order
    expect(cell).toMatchObject({ count: 2, waiting: 1, meaning: 'waiting' })
    expect(cell?.lines).toEqual([
      { commodity: 'blanket', names: words('Blanket'), milli: 1_000_000, unit: 'EA', count: 2 },
    ])
  })

  test('settlement stands with the one who must act, else with the one who owed', () => {
    const obligation = { debtor: party('jp-17'), creditor: party('kr-45') } as NonNullable<
      OrderLine['obligation']
    >
    const rows = laneRows({ ...page, orders: [order('settling', 'jp-17', { obligation })] })
    expect(rows.find(row => row.party.id === 'jp-17')?.cells.settlement?.waiting).toBe(1)
    const billing = laneRows({ ...page, orders: [order('settling', 'kr-45', { obligation })] })
    expect(billing.find(row => row.party.id === 'kr-45')?.cells.settlement?.waiting).toBe(1)
    const closed = laneRows({ ...page, orders: [order('closed', null, { obligation })] })
    expect(closed.find(row => row.party.id === 'jp-17')?.cells.settlement?.meaning).toBe('done')
  })
})
