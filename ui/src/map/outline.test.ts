import { geoArea, geoContains, geoDistance } from 'd3-geo'
import { describe, expect, test } from 'vitest'
import type { EventLine, OutlineLine } from '../api/client'
import { area, circle, corners, EARTH_RADIUS_M, outlined } from './outline'
import type { Degrees } from './view'

const POHANG: Degrees = [129.36, 36.03]

describe('a circle', () => {
  test.each([1_000, 50_000, 390_000, 800_000])('of %i m lies at one distance on the ground', radius_m => {
    const shape = circle(POHANG, radius_m)
    for (const corner of corners(shape)) {
      expect(geoDistance(POHANG, corner) * EARTH_RADIUS_M).toBeCloseTo(radius_m, 0)
    }
    const [first, last] = [corners(shape)[0], corners(shape).at(-1)]
    expect(geoDistance(first ?? [0, 0], last ?? [180, 0])).toBeCloseTo(0, 9)
    expect(geoContains(shape, POHANG)).toBe(true)
  })

  test('covers what a circle of its radius covers', () => {
    const radius = 0.05
    const cap = 2 * Math.PI * (1 - Math.cos(radius))
    expect(geoArea(circle(POHANG, radius * EARTH_RADIUS_M)) / cap).toBeCloseTo(1, 2)
  })
})

describe('an area', () => {
  const ring: Degrees[] = [
    [129.2, 37],
    [129.4, 37],
    [129.4, 37.2],
    [129.2, 37.2],
  ]

  test.each([
    ['one way', ring],
    ['the other way', [...ring].reverse()],
    ['closed', [...ring, [129.2, 37] satisfies Degrees]],
  ])('wound %s holds its inside and nothing else', (_, wound) => {
    const shape = area(wound)
    expect(shape).not.toBeNull()
    if (shape === null) return
    expect([geoContains(shape, [129.3, 37.1]), geoContains(shape, [127, 37.1])]).toEqual([true, false])
    expect(corners(shape).at(-1)).toEqual(corners(shape)[0])
  })

  test('of two points is none', () => {
    expect(area(ring.slice(0, 2))).toBeNull()
  })
})

test('an outline says what it is and whether it is ahead', () => {
  const centre = { lat_micro: 33_000_000, lon_micro: 127_000_000 }
  const wind = (at: string): OutlineLine => ({ ring: [], centre, radius_m: 90_000, wind_m_s: 25, at })
  const event = {
    messages: [{ sent: '2022-09-05T18:45:00Z' }, { sent: '2022-09-05T21:45:00Z' }],
    outlines: [
      wind('2022-09-05T21:00:00Z'),
      wind('2022-09-06T09:00:00Z'),
      { ring: [], centre, radius_m: 5_000 },
      { ring: [centre, centre], centre: null },
      { ring: [], centre, radius_m: null },
    ],
  } as unknown as EventLine
  expect(outlined(event).map(({ kind, wind: speed, ahead }) => [kind, speed, ahead])).toEqual([
    ['wind', 25, false],
    ['wind', 25, true],
    ['circle', null, false],
  ])
})
