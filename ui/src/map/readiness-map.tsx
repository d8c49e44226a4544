import type { GeoProjection } from 'd3-geo'
import { useId, useMemo, useRef } from 'react'
import { number } from '../format'
import { type Effect, radius, type Shifted } from '../pages/readiness-figures'
import { useWords } from '../words/words'
import { placeLabels, type Wish } from './label'
import { Ground, useWidth } from './map'
import { ChangeMark, NowMark } from './readiness-marks'
import { bounds, type Degrees, degrees, regionProjection } from './view'

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
/** Room for circles and names around the places that frame the map. */
const MARGIN = 44

/** What every place goes without: a ring as things are, a disc and a mark with the step. */
export function ReadinessMap({ places, changed, sentence }: ReadinessMapProps) {
  const { t } = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const id = useId()
  const width = useWidth(frame)
  const height = Math.round(Math.min(620, Math.max(300, width * 0.72)))
  const projection = useMemo(() => framed(places, width, height), [places, width, height])
  const drawn = places.flatMap((place): Drawn[] => {
    const [x, y] = projection(degrees(place.site.at)) ?? [-1, -1]
    return x < 0 || y < 0 || x > width || y > height ? [] : [{ place, at: [x, y] }]
  })
  // What lies outside of the map does not make the circles on it small.
  const most = Math.max(0, ...drawn.flatMap(({ place }) => [place.before.value, place.after.value]))
  const size = (figure: number) => radius(figure, most, 26 * Math.min(1, Math.max(0.5, width / 900)))
  return (
    <>
      <div className="map" ref={frame}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
          <rect width={width} height={height} className="map-water" />
          <Ground id={id} projection={projection} places={[]} />
          <Sites drawn={drawn} size={size} changed={changed} />
          <Names drawn={drawn} size={size} width={width} height={height} />
        </svg>
        <p className="map-disclaimer">{t('map-disclaimer')}</p>
      </div>
      <Legend changed={changed} most={most} />
    </>
  )
}

/** The places that a step changes frame the map, or all of them where it changes none. */
function framed(places: readonly Shifted[], width: number, height: number): GeoProjection {
  const changed = places.filter(({ effect }) => effect !== 'none')
  const points = (changed.length > 0 ? changed : places).map(({ site }) => degrees(site.at))
  const [west, south, east, north] = bounds(points)
  const middle: Degrees[] = [
    [(west + east) / 2, south],
    [(west + east) / 2, north],
  ]
  // Parallels are bent on this projection: what is south in the middle lies lower than the corners.
  return regionProjection(points, width, height).fitExtent(
    [
      [MARGIN, MARGIN],
      [width - MARGIN, height - MARGIN],
    ],
    { type: 'MultiPoint', coordinates: [...points, ...middle] },
  )
}

/** A place where it is on the map. */
interface Drawn {
  place: Shifted
  at: Degrees
}

interface LayerProps {
  drawn: readonly Drawn[]
  /** The radius that stands for so many person-days. */
  size: (figure: number) => number
}

function Sites({ drawn, size, changed }: LayerProps & { changed: boolean }) {
  const change = Math.max(0, ...drawn.map(({ place }) => Math.abs(place.change.value)))
  const largestFirst = [...drawn].sort((one, other) => other.place.before.value - one.place.before.value)
  const at = ([x, y]: Degrees) => `translate(${x.toFixed(1)},${y.toFixed(1)})`
  return (
    <>
      {largestFirst.map(({ place, at: point }) => (
        <g key={place.site.place} transform={at(point)}>
          {changed ? <circle r={size(place.after.value)} className="site-after" /> : null}
          <circle r={Math.max(1.5, size(place.before.value))} className="site-before" />
        </g>
      ))}
      {changed
        ? largestFirst.map(({ place, at: point }) => (
            <g key={place.site.place} transform={at(point)}>
              <ChangeMark effect={place.effect} size={3.5 + radius(Math.abs(place.change.value), change, 7)} />
            </g>
          ))
        : null}
    </>
  )
}

function Names({ drawn, size, width, height }: LayerProps & { width: number; height: number }) {
  const { pick } = useWords()
  const wishes = drawn.slice(0, NAMED).map(({ place: { site, before, after }, at: [x, y] }): Wish => {
    return { id: site.place, text: pick(site.names), x, y, gap: size(Math.max(before.value, after.value)) + 8 }
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

const EFFECTS: readonly Exclude<Effect, 'none'>[] = ['better', 'worse', 'either']

function Legend({ changed, most }: { changed: boolean; most: number }) {
  const { t, locale } = useWords()
  return (
    <ul className="readiness-legend">
      <li>
        <NowMark /> {t('readiness-legend-now')}
      </li>
      {changed ? (
        <>
          <li>
            <NowMark after /> {t('readiness-legend-after')}
          </li>
          {EFFECTS.map(effect => (
            <li key={effect}>
              <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
                <ChangeMark effect={effect} size={7} />
              </svg>{' '}
              {t(`readiness-legend-${effect}`)}
            </li>
          ))}
        </>
      ) : null}
      <li>{t('readiness-legend-largest', { days: number(most, locale) })}</li>
    </ul>
  )
}
