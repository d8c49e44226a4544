import type { GeoProjection } from 'd3-geo'
import { useId, useMemo, useRef } from 'react'
import { radius, type Shifted } from '../pages/readiness-figures'
import { useWords } from '../words/words'
import { placeLabels, type Wish } from './label'
import { Ground, useWidth } from './map'
import { ChangeMark } from './readiness-marks'
import { type Degrees, degrees, regionProjection } from './view'

interface ReadinessMapProps {
  /** Every place, the largest change first. */
  places: readonly Shifted[]
  /** Whether a step is shown. */
  changed: boolean
  /** One sentence with the figures of the picture. */
  sentence: string
}

/** How many places are named, where there is room. */
const NAMED = 30

/** What every place goes without: a ring as things are, a disc and a mark with the step. */
export function ReadinessMap({ places, changed, sentence }: ReadinessMapProps) {
  const { t } = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const id = useId()
  const width = useWidth(frame)
  const height = Math.round(Math.min(620, Math.max(300, width * 0.72)))
  const projection = useMemo(
    // What is framed does not move when a step is chosen.
    () => regionProjection(places.map(({ site }) => degrees(site.at)), width, height),
    [places.length, width, height],
  )
  return (
    <div className="map" ref={frame}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
        <rect width={width} height={height} className="map-water" />
        <Ground id={id} projection={projection} places={[]} />
        <Sites places={places} changed={changed} projection={projection} width={width} />
        <Names places={places} projection={projection} width={width} height={height} />
      </svg>
      <p className="map-disclaimer">{t('map-disclaimer')}</p>
    </div>
  )
}

interface LayerProps {
  places: readonly Shifted[]
  projection: GeoProjection
  width: number
}

/** The radius of the place that goes without most, on a map so wide. */
function largest(width: number): number {
  return 26 * Math.min(1, Math.max(0.5, width / 900))
}

/** The figure whose circle is the largest: the most that is missing anywhere, before or after. */
function mostOf(places: readonly Shifted[]): number {
  return Math.max(0, ...places.flatMap(({ before, after }) => [before.value, after.value]))
}

function Sites({ places, changed, projection, width }: LayerProps & { changed: boolean }) {
  const most = mostOf(places)
  const change = Math.max(0, ...places.map(({ change }) => Math.abs(change.value)))
  const largestFirst = [...places].sort((one, other) => other.before.value - one.before.value)
  const drawn = largestFirst.map(place => ({ place, at: projection(degrees(place.site.at)) ?? [0, 0] }))
  const at = ([x, y]: Degrees) => `translate(${x.toFixed(1)},${y.toFixed(1)})`
  return (
    <>
      {drawn.map(({ place, at: point }) => (
        <g key={place.site.place} transform={at(point)}>
          {changed ? <circle r={radius(place.after.value, most, largest(width))} className="site-after" /> : null}
          <circle r={Math.max(1.5, radius(place.before.value, most, largest(width)))} className="site-before" />
        </g>
      ))}
      {changed
        ? drawn.map(({ place, at: point }) => (
            <g key={place.site.place} transform={at(point)}>
              <ChangeMark effect={place.effect} size={3.5 + radius(Math.abs(place.change.value), change, 7)} />
            </g>
          ))
        : null}
    </>
  )
}

function Names({ places, projection, width, height }: LayerProps & { height: number }) {
  const { pick } = useWords()
  const most = mostOf(places)
  const wishes = places.slice(0, NAMED).flatMap(({ site, before, after }): Wish[] => {
    const point = projection(degrees(site.at))
    if (point === null) return []
    const gap = radius(Math.max(before.value, after.value), most, largest(width)) + 8
    return [{ id: site.place, text: pick(site.names), x: point[0], y: point[1], gap }]
  })
  return (
    <g className="map-labels">
      {placeLabels(wishes, width, height).map(one => (
        <text key={one.id} x={one.textX} y={one.textY} textAnchor={one.anchor}>
          {one.text}
        </text>
      ))}
    </g>
  )
}
