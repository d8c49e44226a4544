import { geoPath, type GeoProjection } from 'd3-geo'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { LinkLine, PlaceLine, SituationPage } from '../api/client'
import { hitLabel } from '../parts/severity'
import { useWords } from '../words/words'
import { CROSS, EYE, isCyclone } from './centre'
import { placeLabels, type Wish } from './label'
import { corners, type Outlined, outlined } from './outline'
import { Outlines, outlineWishes } from './outlines'
import { inner, land, provinces } from './pack'
import { SEVERITIES, type Severity, severityOf } from './severity'
import {
  type Degrees,
  degrees,
  eventProjection,
  flowWidth,
  middle,
  regionProjection,
  stretches,
  way,
} from './view'

interface MapProps {
  page: SituationPage
  /** The event: places that were hit. The region: what moves to them, and over what. */
  view: 'event' | 'region'
  /** One sentence with the figures of the picture. */
  sentence: string
}

/** A neutral map of the situation. Everything it says stands in the tables beside it too. */
export function SituationMap({ page, view, sentence }: MapProps) {
  const { t } = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const height = Math.round(Math.min(560, Math.max(300, width * 0.78)))
  const outlines = useMemo(() => (page.event ? outlined(page.event) : []), [page])
  const projection = useMemo(() => {
    const project = view === 'event' ? eventProjection : regionProjection
    return project(pointsOf(page, outlines, view), width, height)
  }, [page, outlines, view, width, height])
  const id = useId()
  return (
    <div className="map" ref={frame}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={sentence}
      >
        <Hatches id={id} />
        <rect width={width} height={height} className="map-water" />
        <Ground id={id} projection={projection} places={page.places} />
        <Outlines projection={projection} outlines={outlines} />
        <Links projection={projection} page={page} />
        {view === 'event' ? (
          <Places id={id} projection={projection} places={page.places} width={width} />
        ) : null}
        <Centre projection={projection} page={page} />
        <Labels
          projection={projection}
          page={page}
          outlines={outlines}
          view={view}
          width={width}
          height={height}
        />
      </svg>
      <p className="map-disclaimer">{t('map-disclaimer')}</p>
    </div>
  )
}

/** The width of an element in pixels, kept up to date; text on the map never shrinks with it. */
export function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(600)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const watch = new ResizeObserver(([entry]) => {
      const found = Math.round(entry?.contentRect.width ?? 0)
      if (found > 0) setWidth(found)
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [frame])
  return width
}

function pointsOf(page: SituationPage, outlines: readonly Outlined[], view: MapProps['view']): Degrees[] {
  const hit = (severity: Severity) =>
    page.places.filter(place => severityOf(place.intensity) >= severity)
  // The worst places frame the map; milder ones are on it where they lie near.
  const framing = [hit(5), hit(4), page.places].find(places => places.length >= 3) ?? page.places
  const seats = framing.map(place => degrees(place.seat))
  const centre = page.event?.epicentre ? [degrees(page.event.epicentre)] : []
  if (view === 'event') return [...seats, ...centre, ...framingCorners(outlines)]
  const ends = page.links
    .filter(link => link.planned_kg > 0 || link.status !== 'open')
    .flatMap(link => [degrees(link.from), degrees(link.to)])
  const ways = page.flows.flatMap(flow => flow.path.map(degrees))
  return [...seats, ...ends, ...ways, [125.5, 33], [141.5, 39.5]]
}

/**
 * The corners of the outlines that frame the map of the event: all warned areas, and of a cyclone
 * the circle of its strongest winds as it was. Wider circles run off the map, as the sea does.
 */
function framingCorners(outlines: readonly Outlined[]): Degrees[] {
  const warned = outlines.filter(({ kind }) => kind !== 'wind')
  const now = outlines.filter(({ kind, ahead }) => kind === 'wind' && !ahead)
  const strongest = Math.max(...now.map(({ wind }) => wind ?? 0))
  return [...warned, ...now.filter(({ wind }) => wind === strongest)].flatMap(({ shape }) => corners(shape))
}

/** Hatching by class, so that shading never rests on colour alone. */
export function Hatches({ id }: { id: string }) {
  const steps: Readonly<Record<Severity, number>> = { 1: 0, 2: 0, 3: 12, 4: 8, 5: 6, 6: 7, 7: 4.5 }
  return (
    <defs>
      {SEVERITIES.map(severity => {
        const step = steps[severity] || 8
        return (
          <pattern
            key={severity}
            id={`${id}-${severity}`}
            width={step}
            height={step}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={step} height={step} className={`severity-${severity}`} />
            {steps[severity] > 0 ? <path d={`M0,0V${step}`} className="hatch" /> : null}
            {severity >= 6 ? <path d={`M0,0H${step}`} className="hatch" /> : null}
          </pattern>
        )
      })}
    </defs>
  )
}

interface LayerProps {
  projection: GeoProjection
}

export function Ground({ id, projection, places }: LayerProps & { id: string; places: readonly PlaceLine[] }) {
  const path = geoPath(projection)
  const worst = new Map<string, Severity>()
  for (const place of places) {
    const severity = severityOf(place.intensity)
    if (severity > (worst.get(place.province) ?? 0)) worst.set(place.province, severity)
  }
  return (
    <g>
      <path d={path(land) ?? ''} className="map-land" />
      {provinces.map(province => {
        const severity = worst.get(province.id)
        const hit = severity !== undefined && severity >= 2
        return (
          <path
            key={province.id}
            d={path(province) ?? ''}
            className={hit ? 'map-hit' : 'map-land'}
            fill={hit ? `url(#${id}-${severity})` : undefined}
          />
        )
      })}
      <path d={path(inner) ?? ''} className="map-inner" />
    </g>
  )
}

function Links({ projection, page }: LayerProps & { page: SituationPage }) {
  const at = (point: Degrees): Degrees => projection(point) ?? [0, 0]
  const used = stretches(page.links, page.flows)
  const heaviest = used[0]?.kilograms ?? 0
  const modes = new Map(page.links.map(link => [link.id, link.mode]))
  const ends = new Map(
    page.links.flatMap(link => [link.from, link.to]).map(end => [`${end.lat_micro},${end.lon_micro}`, end]),
  )
  return (
    <g>
      {used.map(stretch => (
        <path
          key={stretch.id}
          d={way(at(stretch.from), at(stretch.to), modes.get(stretch.id) ?? 'road')}
          className="map-flow"
          strokeWidth={flowWidth(stretch.kilograms, heaviest)}
        />
      ))}
      {page.links.map(link => (
        <LinkWay key={link.id} link={link} from={at(degrees(link.from))} to={at(degrees(link.to))} />
      ))}
      {used.map(stretch => {
        const mode = modes.get(stretch.id) ?? 'road'
        return <Arrow key={stretch.id} from={at(stretch.from)} to={at(stretch.to)} mode={mode} />
      })}
      {[...ends].map(([id, end]) => {
        const [x, y] = at(degrees(end))
        return <circle key={id} cx={x} cy={y} r={2.2} className="map-port" />
      })}
    </g>
  )
}

function LinkWay({ link, from, to }: { link: LinkLine; from: Degrees; to: Degrees }) {
  const [x, y] = middle(from, to, link.mode)
  return (
    <g className={`map-link map-link-${link.status}`}>
      <path d={way(from, to, link.mode)} />
      {link.status === 'suspended' ? (
        <path d={`M${x - 4},${y - 4}l8,8m0,-8l-8,8`} className="map-cut" />
      ) : null}
    </g>
  )
}

/** The direction of a stretch, at its middle; too short a stretch has no room for it. */
export function Arrow({ from, to, mode }: { from: Degrees; to: Degrees; mode: string }) {
  if (Math.hypot(to[0] - from[0], to[1] - from[1]) < 26) return null
  const [x, y] = middle(from, to, mode)
  const angle = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI
  return (
    <path
      d="M-5,-4.5L5,0L-5,4.5Z"
      className="map-arrow"
      transform={`translate(${x.toFixed(1)},${y.toFixed(1)}) rotate(${angle.toFixed(0)})`}
    />
  )
}

/** A circle's radius in pixels: its area grows with the people displaced, and with the map. */
function radiusOf(displaced: number, most: number, width: number): number {
  const scale = Math.min(1, Math.max(0.5, width / 640))
  return most <= 0 ? 4 : (4 + 15 * Math.sqrt(Math.max(0, displaced) / most)) * scale
}

interface PlacesProps extends LayerProps {
  id: string
  places: readonly PlaceLine[]
  width: number
}

function Places({ id, projection, places, width }: PlacesProps) {
  const most = Math.max(0, ...places.map(place => place.displaced.central))
  const largestFirst = [...places].sort((a, b) => b.displaced.central - a.displaced.central)
  return (
    <g>
      {largestFirst.map(place => {
        const [x, y] = projection(degrees(place.seat)) ?? [0, 0]
        return (
          <circle
            key={place.id}
            cx={x}
            cy={y}
            r={radiusOf(place.displaced.central, most, width)}
            fill={`url(#${id}-${severityOf(place.intensity)})`}
            className={place.observed ? 'map-place' : 'map-place map-modelled'}
          />
        )
      })}
    </g>
  )
}

/** The epicentre as a cross, the centre of a cyclone as an eye. */
function Centre({ projection, page }: LayerProps & { page: SituationPage }) {
  if (!page.event?.epicentre) return null
  const [x, y] = projection(degrees(page.event.epicentre)) ?? [0, 0]
  const drawn = isCyclone(page.event) ? EYE : CROSS
  return (
    <g transform={`translate(${x},${y})`} className="map-epicentre">
      <path d={drawn} className="map-epicentre-edge" />
      <path d={drawn} />
    </g>
  )
}

interface LabelsProps extends LayerProps {
  page: SituationPage
  outlines: readonly Outlined[]
  view: MapProps['view']
  width: number
  height: number
}

function Labels({ projection, page, outlines, view, width, height }: LabelsProps) {
  const words = useWords()
  const { t, term, pick } = words
  const at = (point: Degrees): Degrees => projection(point) ?? [0, 0]
  const wishes: Wish[] = []
  const wish = (id: string, text: string, [x, y]: Degrees, gap: number) => {
    wishes.push({ id, text, x, y, gap })
  }
  if (page.event?.epicentre) {
    const name = t(isCyclone(page.event) ? 'map-eye' : 'map-epicentre')
    wish('epicentre', name, at(degrees(page.event.epicentre)), 12)
  }
  const most = Math.max(0, ...page.places.map(place => place.displaced.central))
  if (view === 'event') {
    // Winds come before the places: what is a name short is in the table, a bare circle says nothing.
    wishes.push(...outlineWishes({ projection, outlines }, words, width, height))
    for (const place of page.places.slice(0, 24)) {
      const gap = radiusOf(place.displaced.central, most, width) + 4
      wish(place.id, `${pick(place.names)} ${hitLabel(place.intensity, words)}`.trim(), at(degrees(place.seat)), gap)
    }
  } else {
    for (const { party, point } of givers(page)) wish(party.id, pick(party.names), at(point), 7)
    for (const link of page.links) {
      if (link.status === 'open' || (link.mode !== 'sea' && link.mode !== 'air')) continue
      const cause = link.cause ? term('cause', link.cause) : term('link', link.status)
      const point = middle(at(degrees(link.from)), at(degrees(link.to)), link.mode)
      wish(link.id, `${pick(link.names)}: ${cause}`, point, 8)
    }
  }
  return (
    <g className="map-labels">
      {placeLabels(wishes, width, height).map(({ id, text, textX, textY, anchor }) => (
        <text key={id} x={textX} y={textY} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </g>
  )
}

/** Who gives, each at the first point its goods leave from. */
function givers(page: SituationPage) {
  const first = new Map<string, { party: SituationPage['flows'][number]['giver']; point: Degrees }>()
  for (const flow of page.flows) {
    const start = flow.path[0]
    if (start !== undefined && !first.has(flow.giver.id)) {
      first.set(flow.giver.id, { party: flow.giver, point: degrees(start) })
    }
  }
  return [...first.values()]
}
