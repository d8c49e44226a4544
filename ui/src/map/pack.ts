import type { Feature, FeatureCollection, MultiLineString, MultiPolygon } from 'geojson'
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification'
import packed from './pack.json'

interface PackObjects {
  [name: string]: GeometryObject
  provinces: GeometryCollection
  land: GeometryObject
}

const topology = packed as unknown as Topology<PackObjects>

/** A province of the catalog; its id is ISO 3166-2 in lower case, such as `jp-17`. */
export type Province = Feature<MultiPolygon> & { id: string }

/** Every province, in the order of their ids. */
export const provinces = (
  feature(topology, topology.objects.provinces) as unknown as FeatureCollection<MultiPolygon>
).features as Province[]

/** All land of the frame, without any border. */
export const land = feature(topology, topology.objects.land) as Feature

/**
 * The lines between two provinces of one state.
 *
 * Edges that touch one province only are coasts and borders between states; neither is drawn.
 */
export const inner: MultiLineString = mesh(
  topology,
  topology.objects.provinces,
  (a, b) => a !== b && stateOf(a.id) === stateOf(b.id),
)

function stateOf(id: string | number | undefined): string {
  return String(id).slice(0, 2)
}
