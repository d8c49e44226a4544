import { geoArea, geoContains } from 'd3-geo'
import { describe, expect, test } from 'vitest'
import { inner, land, provinces } from './pack'

const byId = new Map(provinces.map(province => [province.id, province]))

/** The province that has land within `reach` degrees of a point. */
function provinceNear(lon: number, lat: number, reach: number): string | undefined {
  const near = provinces.find(({ geometry }) =>
    geometry.coordinates.some(([outer = []]) => {
      const lons = outer.map(point => point[0] ?? 0)
      const lats = outer.map(point => point[1] ?? 0)
      return (
        Math.max(...lons) - Math.min(...lons) < 1.3 &&
        lon > Math.min(...lons) - reach &&
        lon < Math.max(...lons) + reach &&
        lat > Math.min(...lats) - reach &&
        lat < Math.max(...lats) + reach
      )
    }),
  )
  return near?.id
}

describe('the map pack', () => {
  test('has every first-order unit of the catalog and no other', () => {
    const count = (state: string) => provinces.filter(({ id }) => id.startsWith(state)).length
    expect([count('jp-'), count('kr-'), count('cn-')]).toEqual([47, 17, 31])
    expect(byId.size).toBe(95)
  })

  test.each([
    ['Ulleungdo', 130.87, 37.5, 'kr-47'],
    ['Jeju', 126.55, 33.38, 'kr-49'],
    ['Tsushima', 129.33, 34.42, 'jp-42'],
    ['Iki', 129.72, 33.79, 'jp-42'],
    ['Goto', 128.75, 32.69, 'jp-42'],
    ['Sado', 138.4, 38.02, 'jp-15'],
    ['Zhoushan', 122.16, 30.04, 'cn-zj'],
    ['Amami', 129.4, 28.3, 'jp-46'],
  ])('%s survives within its province', (_, lon, lat, id) => {
    expect(provinceNear(lon, lat, 0.03)).toBe(id)
  })

  test.each([
    ['Wajima', 136.9, 37.38, 'jp-17'],
    ['Kanazawa', 136.66, 36.57, 'jp-17'],
    ['Tottori', 134.23, 35.48, 'jp-31'],
    ['Chuncheon', 127.73, 37.88, 'kr-42'],
    ['Jeonju', 127.11, 35.82, 'kr-45'],
    ['Nanjing', 118.78, 32.06, 'cn-js'],
  ])('%s lies in its province', (_, lon, lat, id) => {
    const hit = provinces.find(province => geoContains(province, [lon, lat]))
    expect(hit?.id).toBe(id)
  })

  test.each([
    [123.3, 25.6, 124.7, 26.0],
    [131.8, 37.2, 131.9, 37.3],
    [125.0, 32.0, 125.3, 32.2],
    [109.5, 4.0, 118.0, 17.4],
  ])('nothing is drawn on disputed islets (%f %f %f %f)', (west, south, east, north) => {
    const drawn = [...provinces, land].flatMap(shape => points(shape.geometry))
    const within = drawn.filter(
      ([lon = 0, lat = 0]) => lon > west && lon < east && lat > south && lat < north,
    )
    expect(within).toEqual([])
  })

  test('no shape is inside out', () => {
    const turned = provinces.filter(province => geoArea(province) > 1).map(({ id }) => id)
    expect(turned).toEqual([])
    expect(geoArea(land)).toBeLessThan(2)
  })

  test('draws no line between states', () => {
    const demilitarised = points(inner).filter(
      ([lon = 0, lat = 0]) => lon > 126.7 && lon < 128.3 && lat > 38.35 && lat < 38.7,
    )
    expect(demilitarised).toEqual([])
  })
})

/** Every point of a geometry. */
function points(geometry: unknown): number[][] {
  const found: number[][] = []
  const walk = (value: unknown) => {
    if (!Array.isArray(value)) return
    if (typeof value[0] === 'number') found.push(value as number[])
    else value.forEach(walk)
  }
  walk((geometry as { coordinates: unknown }).coordinates)
  return found
}
