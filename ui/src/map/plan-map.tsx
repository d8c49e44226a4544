import { useId, useMemo, useRef } from 'react'
import type { PlanPage } from '../api/client'
import type { Moved } from '../pages/plan-time'
import { useWords } from '../words/words'
import { placeLabels, type Wish } from './label'
import { Arrow, Ground, Hatches, useWidth } from './map'
import { type Degrees, degrees, flowWidth, middle, regionProjection, way } from './view'

interface PlanMapProps {
  page: PlanPage
  /** What has moved up to the moment shown. */
  moved: Moved
  /** The load that is drawn widest, so that widths keep their meaning as time goes on. */
  heaviest: number
  /** One sentence with the figures of the picture. */
  sentence: string
}

/** The plan on the map at one moment: widths by tonnes that have left, links that are closed. */
export function PlanMap({ page, moved, heaviest, sentence }: PlanMapProps) {
  const { t } = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const height = Math.round(Math.min(560, Math.max(300, width * 0.66)))
  const id = useId()
  const ports = useMemo(() => new Map(page.ports.map(port => [port.id, port])), [page])
  const projection = useMemo(() => {
    const passed = page.flows.flatMap(flow => [flow.from, ...flow.legs.map(leg => leg.to)])
    const framing = new Set(passed)
    const points = page.ports.filter(port => framing.has(port.id)).map(port => degrees(port.at))
    return regionProjection(points.length > 0 ? points : page.ports.map(port => degrees(port.at)), width, height)
  }, [page, width, height])
  const at = (port: string): Degrees | null => {
    const known = ports.get(port)
    return known === undefined ? null : (projection(degrees(known.at)) ?? null)
  }
  const drawn = moved.stretches.flatMap(stretch => {
    const [from, to] = [at(stretch.from), at(stretch.to)]
    const mode = page.links.find(link => link.id === stretch.link)?.mode ?? 'road'
    return from === null || to === null ? [] : [{ ...stretch, start: from, end: to, mode }]
  })
  const used = new Set(page.flows.flatMap(flow => [flow.from, ...flow.legs.flatMap(leg => [leg.from, leg.to])]))
  return (
    <div className="map" ref={frame}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={sentence}>
        <Hatches id={id} />
        <rect width={width} height={height} className="map-water" />
        <Ground id={id} projection={projection} places={[]} />
        {page.links.map(link => {
          const [from, to] = [at(link.from), at(link.to)]
          if (from === null || to === null) return null
          const [x, y] = middle(from, to, link.mode)
          const closed = link.closed_periods > 0
          return (
            <g key={link.id} className={`map-link map-link-${closed ? 'suspended' : 'open'}`}>
              <path d={way(from, to, link.mode)} />
              {closed ? <path d={`M${x - 4},${y - 4}l8,8m0,-8l-8,8`} className="map-cut" /> : null}
            </g>
          )
        })}
        {drawn.map(one => (
          <g key={`${one.link}/${one.from}`}>
            <path
              d={way(one.start, one.end, one.mode)}
              className={one.there < one.left ? 'map-flow map-flow-moving' : 'map-flow'}
              strokeWidth={flowWidth(one.left, heaviest)}
            />
            <Arrow from={one.start} to={one.end} mode={one.mode} />
          </g>
        ))}
        {page.ports
          .filter(port => used.has(port.id))
          .map(port => {
            const [x, y] = at(port.id) ?? [0, 0]
            return <circle key={port.id} cx={x} cy={y} r={2.2} className="map-port" />
          })}
        <Labels page={page} at={at} width={width} height={height} />
      </svg>
      <p className="map-disclaimer">{t('map-disclaimer')}</p>
    </div>
  )
}

interface LabelsProps {
  page: PlanPage
  at: (port: string) => Degrees | null
  width: number
  height: number
}

/** Where goods start, then where they end, as far as there is room. */
function Labels({ page, at, width, height }: LabelsProps) {
  const { pick, term } = useWords()
  const wishes = new Map<string, Wish>()
  const wish = (port: string, gap: number) => {
    const known = page.ports.find(({ id }) => id === port)
    const point = at(port)
    if (known === undefined || point === null || wishes.has(port)) return
    wishes.set(port, { id: port, text: pick(known.names), x: point[0], y: point[1], gap })
  }
  const heaviest = [...page.flows].sort((a, b) => b.kg - a.kg)
  for (const flow of heaviest) if (flow.legs.length > 0) wish(flow.from, 7)
  for (const link of page.links) {
    const [from, to] = [at(link.from), at(link.to)]
    if (link.closed_periods === 0 || from === null || to === null) continue
    if (link.mode !== 'sea' && link.mode !== 'air') continue
    const [x, y] = middle(from, to, link.mode)
    const text = `${pick(link.names)}: ${link.cause ? term('cause', link.cause) : term('link', 'suspended')}`
    wishes.set(link.id, { id: link.id, text, x, y, gap: 8 })
  }
  for (const flow of heaviest) wish(flow.legs.at(-1)?.to ?? flow.from, 6)
  return (
    <g className="map-labels">
      {placeLabels([...wishes.values()].slice(0, 40), width, height).map(one => (
        <text key={one.id} x={one.textX} y={one.textY} textAnchor={one.anchor}>
          {one.text}
        </text>
      ))}
    </g>
  )
}
