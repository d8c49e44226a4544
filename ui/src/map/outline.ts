import { geoArea, geoCircle } from 'd3-geo'
import type { Polygon } from 'geojson'
import type { EventLine, OutlineLine } from '../api/client'
import { type Degrees, degrees } from './view'

/** The mean radius of the Earth (IUGG R1) in metres: circles are drawn on a sphere of this size. */
export const EARTH_RADIUS_M = 6_371_008.8

/** An outline of a message as a shape on the map. */
export interface Outlined {
  /** The outline as the API sends it. */
  line: OutlineLine
  /** A circle of equal distance on the ground, or the ring of an area. */
  shape: Polygon
  /** What the outline is: an area or circle that is warned of, or the winds of a cyclone. */
  kind: 'area' | 'circle' | 'wind'
  /** The wind reached in it, in metres per second. */
  wind: number | null
  /** The time it is of, where the message says so. */
  at: string | null
  /** Whether it is of a time after the message, and so a forecast. */
  ahead: boolean
}

/** The outlines of an event; those without a shape are left out. */
export function outlined({ outlines, messages }: EventLine): Outlined[] {
  // RFC 3339 in UTC sorts as text.
  const sent = messages.map(message => message.sent).sort().at(-1) ?? ''
  return outlines.flatMap(line => {
    const shape = shapeOf(line)
    if (shape === null) return []
    const wind = line.wind_m_s ?? null
    const at = line.at ?? null
    const kind = line.centre ? (wind === null ? 'circle' : 'wind') : 'area'
    return [{ line, shape, kind, wind, at, ahead: at !== null && sent !== '' && at > sent }]
  })
}

function shapeOf({ ring, centre, radius_m }: OutlineLine): Polygon | null {
  if (centre) return radius_m ? circle(degrees(centre), radius_m) : null
  return area(ring.map(degrees))
}

/** The points at one distance from a centre, as a polygon of 120 corners. */
export function circle(centre: Degrees, radius_m: number): Polygon {
  const radius = (radius_m / EARTH_RADIUS_M) * (180 / Math.PI)
  return geoCircle().center(centre).radius(radius).precision(3)()
}

/** A ring as a polygon, closed and wound so that the smaller side is within. */
export function area(ring: readonly Degrees[]): Polygon | null {
  const [first] = ring
  const last = ring.at(-1)
  if (first === undefined || last === undefined || ring.length < 3) return null
  const closed = first[0] === last[0] && first[1] === last[1] ? [...ring] : [...ring, first]
  const shape: Polygon = { type: 'Polygon', coordinates: [closed] }
  // On a sphere a ring wound the other way holds everything but the area.
  return geoArea(shape) > 2 * Math.PI ? { ...shape, coordinates: [closed.reverse()] } : shape
}

/** The corners of a shape. */
export function corners(shape: Polygon): Degrees[] {
  return (shape.coordinates[0] ?? []).map(([lon = 0, lat = 0]) => [lon, lat])
}
