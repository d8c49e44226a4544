import { expect, test } from 'vitest'
import { readRoute, type Route, writeRoute } from './route'

test.each<[string, Route]>([
  ['', { page: 'situation', case: undefined }],
  ['#/situation?case=noto-2024', { page: 'situation', case: 'noto-2024' }],
  ['#/plan?case=noto-2024', { page: 'plan', case: 'noto-2024', fresh: false }],
  ['#/plan?fresh=true', { page: 'plan', case: undefined, fresh: true }],
  ['#/readiness', { page: 'readiness', run: undefined, commodity: undefined, step: undefined }],
  ['#/readiness?run=national&commodity=blanket&step=local', {
    page: 'readiness',
    run: 'national',
    commodity: 'blanket',
    step: 'local',
  }],
  ['#/case/noto-2024?order=ab12', { page: 'case', id: 'noto-2024', order: 'ab12' }],
  ['#/agreements', { page: 'agreements', ask: undefined }],
  ['#/agreements?giver=kr&action=push', { page: 'agreements', ask: { giver: 'kr', action: 'push' } }],
  ['#/agreements/map?party=kr-42&party=jp-31&on=2026-11-01', {
    page: 'map',
    parties: ['kr-42', 'jp-31'],
    on: '2026-11-01',
    purpose: undefined,
    status: undefined,
  }],
  ['#/agreements/kr-42--jp-31?clause=art-3', { page: 'agreement', id: 'kr-42--jp-31', clause: 'art-3' }],
  ['#/agreements/kr-jp/life?matter=ab12', { page: 'life', id: 'kr-jp', matter: 'ab12' }],
  ['#/nodes', { page: 'nodes' }],
  ['#/report/noto-2024', { page: 'report', id: 'noto-2024' }],
  ['#/elsewhere', { page: 'unknown', path: '/elsewhere' }],
  ['#/case/%zz', { page: 'case', id: '%zz', order: undefined }],
])('%s is read', (hash, route) => {
  expect(readRoute(hash)).toEqual(route)
})

test.each<Route>([
  { page: 'situation', case: 'a b/c?d' },
  { page: 'plan', case: 'a b&c', fresh: true },
  { page: 'plan', case: undefined, fresh: false },
  { page: 'readiness', run: 'a b&c', commodity: undefined, step: 'candidate-x' },
  { page: 'case', id: '한글 #1', order: 'x&y' },
  { page: 'agreement', id: 'kr-jp', clause: 'art-3' },
  { page: 'agreements', ask: { receiver: 'jp 17', purpose: 'disaster_relief' } },
  { page: 'map', parties: [], on: undefined, purpose: undefined, status: 'exercise' },
  { page: 'map', parties: ['a&b', 'c=d'], on: '2026-01-01', purpose: 'evacuation', status: undefined },
  { page: 'life', id: 'kr/jp', matter: 'a&b' },
  { page: 'report', id: undefined },
])('what is written is read back: $page', route => {
  expect(readRoute(writeRoute(route))).toEqual(route)
})
