import { describe, expect, test } from 'vitest'
import type { FlowLine, LinkLine } from '../api/client'
import { placeLabels, widthOf } from './label'
import { type Hit, hitKinds, readHit, severityOf } from './severity'
import { bounds, type Degrees, eventProjection, flowWidth, middle, stretches, way } from './view'

test.each([
  ['7', 7],
  ['6+', 6],
  ['5-', 3],
  ['3', 1],
  ['MMI 7', 4],
  ['MMI 2', 1],
  ['MMI 12', 7],
  ['wind 15', 2],
  ['wind 24', 2],
  ['wind 25', 3],
  ['wind 33', 4],
  ['wind 43', 4],
  ['wind 44', 5],
  ['wind 54', 6],
  ['wildfire minor', 1],
  ['tsunami moderate', 2],
  ['wildfire severe', 4],
  ['storm_surge extreme', 6],
  ['wildfire unheard_of', 1],
  ['wind strong', 1],
  ['', 1],
])('%s is shaded as class %i', (intensity, severity) => {
  expect(severityOf(intensity)).toBe(severity)
})

test.each<[string, Hit['kind'] | null]>([
  ['6+', 'shaking'],
  ['MMI 7', 'shaking'],
  ['wind 25', 'wind'],
  // The hazard is called wind too; a degree tells it from a speed.
  ['wind severe', 'warned'],
  ['tropical_cyclone extreme', 'warned'],
  ['wildfire unheard_of', null],
  ['', null],
])('%s is read as %s', (text, kind) => {
  expect(readHit(text)?.kind ?? null).toBe(kind)
})

test('the legend has the kinds that are on the map, in one order', () => {
  const places = ['wildfire severe', '6+', '', 'flood minor'].map(intensity => ({ intensity }))
  expect(hitKinds(places)).toEqual(['shaking', 'warned'])
})

describe('labels', () => {
  const wish = (id: string, x: number, y: number) => ({ id, text: 'Wajima', x, y, gap: 6 })

  test('two at one point stand on different sides', () => {
    const [first, second] = placeLabels([wish('a', 100, 100), wish('b', 100, 100)], 300, 300)
    expect([first?.anchor, second?.anchor]).toEqual(['start', 'end'])
  })

  test('one without room is left out, the first ones stay', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => ({ ...wish(String(i), 100, 100), gap: 14 }))
    const placed = placeLabels(crowd, 300, 300)
    expect(placed.map(({ id }) => id)).toEqual(['0', '1', '2', '3'])
  })

  test('none leaves the map', () => {
    expect(placeLabels([wish('a', 298, 100)], 300, 300)[0]?.anchor).toBe('end')
  })

  test('full-width characters count double', () => {
    expect(widthOf('輪島')).toBe(24)
    expect(widthOf('ab')).toBeCloseTo(13.2)
  })
})

const PORTS = { a: { lat_micro: 37e6, lon_micro: 129e6 }, b: { lat_micro: 35.5e6, lon_micro: 133e6 } }

function link(planned_kg: number): LinkLine {
  return {
    id: 'a--b',
    names: { ko: '', ja: '', 'zh-Hans': '', en: '' },
    mode: 'sea',
    from: PORTS.a,
    to: PORTS.b,
    status: 'open',
    planned_kg,
  } as LinkLine
}

describe('the view', () => {
  test('one point still has land around it', () => {
    expect(bounds([[136.9, 37.4]])).toEqual([136, 36.5, 137.8, 38.3])
  })

  test('every point of the event is on the map', () => {
    const points: Degrees[] = [
      [136.9, 37.4],
      [138.4, 38],
      [135.9, 35.8],
    ]
    const projection = eventProjection(points, 600, 500)
    for (const point of points) {
      const [x = -1, y = -1] = projection(point) ?? []
      expect(x >= 0 && x <= 600 && y >= 0 && y <= 500).toBe(true)
    }
  })

  test('a stretch points the way its flows go', () => {
    const back = [{ path: [PORTS.b, PORTS.a] }] as unknown as FlowLine[]
    expect(stretches([link(5)], back)[0]).toMatchObject({ from: [133, 35.5], bothWays: false })
    expect(stretches([link(0)], back)).toEqual([])
  })

  test('width grows with mass and never vanishes', () => {
    expect(flowWidth(100, 100)).toBe(11)
    expect(flowWidth(1, 100)).toBeGreaterThan(1.5)
    expect(flowWidth(0, 0)).toBe(0)
  })

  test('a link and its flow back lie on each other', () => {
    const to = middle([0, 0], [100, 40], 'sea')
    const back = middle([100, 40], [0, 0], 'sea')
    expect(to).toEqual(back)
    expect(way([0, 0], [10, 0], 'road')).toBe('M0.0,0.0L10.0,0.0')
  })
})
