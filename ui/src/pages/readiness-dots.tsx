import { useRef } from 'react'
import { useWidth } from '../map/map'
import { highest, type Stacks } from './readiness-figures'

/** One row of dots. */
export interface Panel {
  /** As things are, with full dots, or with local ties alone, with hollow ones. */
  kind: 'now' | 'local'
  title: string
  stacks: Stacks
}

interface DotPlotProps {
  panels: readonly Panel[]
  /** On which side of the scale the dots apart stand. */
  side: 'start' | 'end'
  /** What the dots apart mean. */
  apart: string
  /** What the scale measures. */
  axis: string
  /** Marks of the scale, from nought at its start to one at its end. */
  ticks: readonly { at: number; text: string }[]
  /** Whether a mark belongs to the middle of a column rather than to its edge. */
  centred?: boolean
}

const MARGIN = 20
const TITLE = 30
const AXIS = 54
/** The room of the dots apart and of the gap beside them, in columns. */
const APART = 2

/**
 * Quantile dot plots, one above the other on one scale (Kay et al. 2016): each dot is as likely as
 * every other, so that chances can be counted.
 */
export function DotPlot({ panels, side, apart, axis, ticks, centred = false }: DotPlotProps) {
  const frame = useRef<HTMLDivElement>(null)
  const width = Math.max(240, Math.min(900, useWidth(frame)))
  const columns = Math.max(1, ...panels.map(({ stacks }) => stacks.columns.length))
  const column = (width - 2 * MARGIN) / (columns + APART)
  const dot = Math.min(11, column * 0.92)
  const start = MARGIN + (side === 'start' ? APART * column : 0)
  const apartAt = side === 'start' ? MARGIN + column / 2 : width - MARGIN - column / 2
  const edge = centred ? column / 2 : 0
  const tickAt = (at: number) => start + edge + at * (columns * column - 2 * edge)
  const heights = panels.map(({ stacks }) => TITLE + Math.max(3, highest(stacks)) * dot + 6)
  const grounds = heights.map((_, panel) => heights.slice(0, panel + 1).reduce((sum, height) => sum + height, 0))
  const bottom = grounds.at(-1) ?? 0
  return (
    <div ref={frame} className="dot-plot">
      <svg width={width} height={bottom + AXIS} viewBox={`0 0 ${width} ${bottom + AXIS}`} aria-hidden="true">
        {panels.map(({ kind, title, stacks }, panel) => {
          const ground = grounds[panel] ?? 0
          return (
            <g key={kind} className={`dots-${kind}`}>
              <text x={MARGIN} y={ground - (heights[panel] ?? 0) + 20} className="dots-title">
                {title}
              </text>
              <path d={`M${start},${ground}H${start + columns * column}`} className="dots-ground" />
              <path d={`M${apartAt - column / 2},${ground}H${apartAt + column / 2}`} className="dots-ground" />
              {ticks.map(({ at }) => (
                <path key={at} d={`M${tickAt(at)},${ground}v4`} className="dots-ground" />
              ))}
              {stacks.columns.map((count, position) => (
                <Stack key={position} x={start + (position + 0.5) * column} ground={ground} count={count} dot={dot} />
              ))}
              <Stack x={apartAt} ground={ground} count={stacks.apart} dot={dot} />
            </g>
          )
        })}
        {ticks.map(({ at, text }) => (
          <text key={at} x={tickAt(at)} y={bottom + 17} textAnchor="middle" className="dots-tick">
            {text}
          </text>
        ))}
        <text x={start + (columns * column) / 2} y={bottom + 33} textAnchor="middle" className="dots-tick">
          {axis}
        </text>
        <text x={side === 'start' ? MARGIN : width - MARGIN} y={bottom + 49} textAnchor={side} className="dots-apart">
          {side === 'start' ? `↑ ${apart}` : `${apart} ↑`}
        </text>
      </svg>
    </div>
  )
}

/** Dots on one another. */
function Stack({ x, ground, count, dot }: { x: number; ground: number; count: number; dot: number }) {
  return Array.from({ length: count }, (_, position) => (
    <circle key={position} cx={x} cy={ground - 2 - (position + 0.5) * dot} r={dot / 2 - 1} />
  ))
}
