import { geoConicEqualArea, geoMercator, type GeoProjection } from 'd3-geo'
import type { FlowLine, LinkLine, MapPoint } from '../api/client'

/** Longitude and latitude in degrees, as d3-geo takes them. */
export type Degrees = [number, number]

/** Reads a point of the API, in micro-degrees. */
export function degrees(point: MapPoint): Degrees {
  return [point.lon_micro / 1e6, point.lat_micro / 1e6]
}

const MARGIN = 34
/** Around one place a map still shows this much land, in degrees each way. */
const LEAST_SPAN = 0.9

/** A map of the event: upright, fitted to the points. */
export function eventProjection(points: readonly Degrees[], width: number, height: number): GeoProjection {
  return fitted(geoMercator(), points, width, height)
}

/** A map of the whole region: equal areas, so that no neighbour looks larger than it is. */
export function regionProjection(points: readonly Degrees[], width: number, height: number): GeoProjection {
  const [west, , east] = bounds(points)
  const conic = geoConicEqualArea()
    .parallels([28, 44])
    .rotate([-(west + east) / 2, 0])
  return fitted(conic, points, width, height)
}

function fitted(
  projection: GeoProjection,
  points: readonly Degrees[],
  width: number,
  height: number,
): GeoProjection {
  const [west, south, east, north] = bounds(points)
  return projection.fitExtent(
    [
      [MARGIN, MARGIN],
      [Math.max(MARGIN + 1, width - MARGIN), Math.max(MARGIN + 1, height - MARGIN)],
    ],
    {
      type: 'MultiPoint',
      coordinates: [
        [west, south],
        [west, north],
        [east, south],
        [east, north],
      ],
    },
  )
}

/** West, south, east and north of the points, widened to the least span. */
export function bounds(points: readonly Degrees[]): [number, number, number, number] {
  const lons = points.map(point => point[0])
  const lats = points.map(point => point[1])
  const widen = (low: number, high: number): [number, number] => {
    const middle = (low + high) / 2
    const half = Math.max((high - low) / 2, LEAST_SPAN)
    return [middle - half, middle + half]
  }
  if (points.length === 0) return [124, 31, 146, 45]
  const [west, east] = widen(Math.min(...lons), Math.max(...lons))
  const [south, north] = widen(Math.min(...lats), Math.max(...lats))
  return [west, south, east, north]
}

/** One stretch of the plan between two points, with what it carries and which way. */
export interface Stretch {
  id: string
  from: Degrees
  to: Degrees
  /** Kilograms the plan moves over it. */
  kilograms: number
  /** Whether the plan uses it both ways. */
  bothWays: boolean
}

/**
 * The stretches the plan uses, heaviest first.
 *
 * Mass comes from the links; the direction comes from the flows that pass over them.
 */
export function stretches(links: readonly LinkLine[], flows: readonly FlowLine[]): Stretch[] {
  const directions = new Set<string>()
  for (const { path } of flows) {
    path.forEach((point, i) => {
      const next = path[i + 1]
      if (next !== undefined) directions.add(`${key(point)}>${key(next)}`)
    })
  }
  return links
    .filter(link => link.planned_kg > 0)
    .map(link => {
      const onward = directions.has(`${key(link.from)}>${key(link.to)}`)
      const back = directions.has(`${key(link.to)}>${key(link.from)}`)
      const [from, to] = back && !onward ? [link.to, link.from] : [link.from, link.to]
      return {
        id: link.id,
        from: degrees(from),
        to: degrees(to),
        kilograms: link.planned_kg,
        bothWays: onward && back,
      }
    })
    .sort((a, b) => b.kilograms - a.kilograms)
}

function key(point: MapPoint): string {
  return `${point.lat_micro},${point.lon_micro}`
}

/** The width of a stretch in pixels: its area on the map grows with what it carries. */
export function flowWidth(kilograms: number, heaviest: number): number {
  return heaviest <= 0 ? 0 : 1.5 + 9.5 * Math.sqrt(kilograms / heaviest)
}

/** A way between two points on the map: roads straight, sea and air bent so that they part. */
export function way(from: Degrees, to: Degrees, mode: string): string {
  const [x1, y1] = from
  const [x2, y2] = to
  const start = `M${x1.toFixed(1)},${y1.toFixed(1)}`
  if (mode === 'road' || mode === 'rail' || mode === 'grid') return `${start}L${x2.toFixed(1)},${y2.toFixed(1)}`
  const [bendX, bendY] = bend(from, to, mode)
  return `${start}Q${bendX.toFixed(1)},${bendY.toFixed(1)} ${x2.toFixed(1)},${y2.toFixed(1)}`
}

/** The point a sea or air way is drawn towards. */
function bend([x1, y1]: Degrees, [x2, y2]: Degrees, mode: string): Degrees {
  // The bend does not depend on the direction, so that a link and its flow lie on each other.
  const turned = x1 < x2 || (x1 === x2 && y1 < y2) ? 1 : -1
  const side = (mode === 'air' ? -0.16 : 0.1) * turned
  return [(x1 + x2) / 2 - (y2 - y1) * side, (y1 + y2) / 2 + (x2 - x1) * side]
}

/** The middle of a way. */
export function middle(from: Degrees, to: Degrees, mode: string): Degrees {
  if (mode === 'road' || mode === 'rail' || mode === 'grid') return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
  const [bendX, bendY] = bend(from, to, mode)
  return [(from[0] + 2 * bendX + to[0]) / 4, (from[1] + 2 * bendY + to[1]) / 4]
}
