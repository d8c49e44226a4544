// Builds src/map/pack.json from two published packages (see src/map/README.md).
//
//   npm run map -- <folder of the country package> <folder of world-atlas>
//
// The result is committed: building the UI never needs the sources.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { topology } from 'topojson-server'
import { feature } from 'topojson-client'
import { presimplify, quantile, simplify } from 'topojson-simplify'

const COUNTRIES = { japan: 'JP', korea: 'KR', china: 'CN' }
// Features outside the provinces of the catalog; they stay visible as plain land.
const NOT_IN_CATALOG = new Set(['CN-71', 'CN-91', 'CN-92'])
// Islets and reefs whose sovereignty is disputed are left out, whoever administers them:
// [west, south, east, north]. A ring is left out when it lies wholly inside a box.
const LEFT_OUT = [
  [123.3, 25.6, 124.7, 26.0],
  [131.8, 37.2, 131.9, 37.3],
  [125.0, 32.0, 125.3, 32.2],
  [109.0, 3.0, 119.0, 17.6],
]
// What the overview can show; the outline is cut to it.
const FRAME = [70, 14, 160, 56]
// Rings this short are islands: simplifying them would erase them.
const ISLAND_POINTS = 40
// Korea and Japan are looked at closely, so their points weigh more than the same bend elsewhere.
const NEAR = [124.5, 30, 146, 45.7]
const NEAR_WEIGHT = 14
const GRID = 10_000
const SMALLEST_AREA = 0.0006
const KEEP_SHARE = 0.43

const [countryFolder, worldFolder] = process.argv.slice(2)
if (!countryFolder || !worldFolder) {
  console.error('usage: npm run map -- <country package folder> <world-atlas folder>')
  process.exit(2)
}
const read = path => JSON.parse(readFileSync(path, 'utf8'))
const polygonsOf = geometry =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

function boxOf(ring) {
  const xs = ring.map(p => p[0])
  const ys = ring.map(p => p[1])
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
const inside = (inner, outer) =>
  inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
const isLeftOut = polygon => LEFT_OUT.some(box => inside(boxOf(polygon[0]), box))

/** Turns rings as d3-geo reads them: the outer one clockwise, holes the other way. */
function wind(polygon) {
  return polygon.map((ring, i) => (isClockwise(ring) === (i === 0) ? ring : [...ring].reverse()))
}

const isClockwise = ring => doubledArea(ring) > 0

/** Twice the area of a ring in square degrees, positive when it runs clockwise. */
function doubledArea(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]
    return sum + (nextX - x) * (nextY + y)
  }, 0)
}

/** Reads the provinces of all three countries, keyed by ISO 3166-2 in lower case. */
function readProvinces() {
  const provinces = new Map()
  for (const [name, code] of Object.entries(COUNTRIES)) {
    const file = read(join(countryFolder, 'esm/countries', `${name}.geojson`))
    for (const { properties, geometry } of file.features) {
      if (!properties.ISO.startsWith(code)) throw new Error(`unexpected ${properties.ISO}`)
      if (NOT_IN_CATALOG.has(properties.ISO)) continue
      const kept = polygonsOf(geometry).filter(polygon => !isLeftOut(polygon)).map(wind)
      provinces.set(properties.ISO.toLowerCase(), kept)
    }
  }
  moveAmami(provinces)
  return provinces
}

/** The source draws the Amami islands within Okinawa; they belong to Kagoshima. */
function moveAmami(provinces) {
  const isAmami = polygon => {
    const [west, south] = boxOf(polygon[0])
    return west >= 128.2 && south >= 26.98 && west < 131
  }
  const okinawa = provinces.get('jp-47')
  provinces.set('jp-46', [...provinces.get('jp-46'), ...okinawa.filter(isAmami)])
  provinces.set('jp-47', okinawa.filter(polygon => !isAmami(polygon)))
}

/** Cuts a ring to the frame (Sutherland and Hodgman). */
function cut(ring) {
  const edges = [
    [p => p[0] >= FRAME[0], (a, b) => at(a, b, 0, FRAME[0])],
    [p => p[1] >= FRAME[1], (a, b) => at(a, b, 1, FRAME[1])],
    [p => p[0] <= FRAME[2], (a, b) => at(a, b, 0, FRAME[2])],
    [p => p[1] <= FRAME[3], (a, b) => at(a, b, 1, FRAME[3])],
  ]
  const at = (a, b, axis, value) => {
    const t = (value - a[axis]) / (b[axis] - a[axis])
    return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
  }
  let points = ring.slice(0, -1)
  for (const [keeps, crossing] of edges) {
    const next = []
    points.forEach((point, i) => {
      const before = points[(i + points.length - 1) % points.length]
      if (keeps(point) !== keeps(before)) next.push(crossing(before, point))
      if (keeps(point)) next.push(point)
    })
    points = next
    if (points.length < 3) return null
  }
  return [...points, points[0]]
}

/** The land of the frame as one multi-polygon, without any border. */
function readLand() {
  const world = read(join(worldFolder, 'land-50m.json'))
  const land = feature(world, world.objects.land)
  const polygons = []
  for (const { geometry } of land.features ?? [land]) {
    for (const polygon of polygonsOf(geometry)) {
      const outer = cut(polygon[0])
      if (!outer || isLeftOut([outer])) continue
      polygons.push(wind([outer, ...polygon.slice(1).map(cut).filter(Boolean)]))
    }
  }
  return { type: 'MultiPolygon', coordinates: polygons }
}

/** Whether a point lies where maps of events show single municipalities. */
function isNear([lon, lat]) {
  return inside([lon, lat, lon, lat], NEAR)
}

/** Whether an arc is a whole small ring, which belongs to one island. */
function isIsland(arc) {
  const first = arc[0]
  const last = arc[arc.length - 1]
  return arc.length <= ISLAND_POINTS && first[0] === last[0] && first[1] === last[1]
}

/**
 * The features of a thinned object, wound again: thinning turns a sliver inside out at times.
 * Rings of a few cells of the grid would collapse on it and are left out.
 */
function tidied(source, object) {
  const shapes = feature(source, object)
  const keeps = polygon => Math.abs(doubledArea(polygon[0])) > SMALLEST_AREA
  for (const { geometry } of shapes.features ?? [shapes]) {
    geometry.coordinates = polygonsOf(geometry).filter(keeps).map(wind)
    geometry.type = 'MultiPolygon'
  }
  return shapes
}

const provinces = readProvinces()
const topo = topology({
  provinces: {
    type: 'FeatureCollection',
    features: [...provinces]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, coordinates]) => ({
        type: 'Feature',
        id,
        properties: {},
        geometry: { type: 'MultiPolygon', coordinates },
      })),
  },
  land: readLand(),
})
const weighed = presimplify(topo)
for (const arc of weighed.arcs) {
  if (isIsland(arc)) for (const point of arc) point[2] = Infinity
  else for (const point of arc) if (isNear(point)) point[2] *= NEAR_WEIGHT
}
const thin = simplify(weighed, quantile(weighed, KEEP_SHARE))
const ready = topology(
  { provinces: tidied(thin, thin.objects.provinces), land: tidied(thin, thin.objects.land) },
  GRID,
)
const text = JSON.stringify(ready)
writeFileSync(new URL('../src/map/pack.json', import.meta.url), `${text}\n`)
console.log(`${provinces.size} provinces, ${(text.length / 1024).toFixed(1)} kB`)
