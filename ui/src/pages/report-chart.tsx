import * as Plot from '@observablehq/plot'
import { useEffect, useRef } from 'react'
import type { UnmetSeries } from '../api/client'
import { number, units } from '../format'
import { Figure } from '../parts/figure'
import { type Column, Table } from '../parts/table'
import { useWords, type Words } from '../words/words'

type Point = UnmetSeries['points'][number]

/** Needed, received and unmet over the hours since the event. */
export default function UnmetFigure({ series }: { series: UnmetSeries }) {
  const words = useWords()
  const { t, pick, locale } = words
  const worst = series.points.reduce<Point | undefined>(
    (most, point) => (most === undefined || point.unmet > most.unmet ? point : most),
    undefined,
  )
  const last = series.points.at(-1)
  const columns: Column<Point>[] = [
    { id: 'hour', title: t('hour'), cell: point => point.hour, numeric: true, heads: true },
    { id: 'needed', title: t('need-needed'), cell: point => number(point.needed, locale), numeric: true },
    { id: 'received', title: t('need-received'), cell: point => number(point.received, locale), numeric: true },
    { id: 'unmet', title: t('need-unmet'), cell: point => number(point.unmet, locale), numeric: true },
  ]
  const sentence = t('chart-sentence', {
    commodity: pick(series.names),
    worst: units(worst?.unmet ?? 0, series.unit, locale, t),
    hour: worst?.hour ?? 0,
    last: units(last?.unmet ?? 0, series.unit, locale, t),
    lastHour: last?.hour ?? 0,
  })
  return (
    <Figure
      title={t('chart-title', { commodity: pick(series.names) })}
      sentence={sentence}
      picture={<Drawing series={series} words={words} />}
      table={
        <Table
          caption={t('chart-title', { commodity: pick(series.names) })}
          quiet
          columns={columns}
          rows={series.points}
          rowKey={point => point.hour}
        />
      }
    />
  )
}

/** Three lines that differ in dash and are named at their ends: colour is not needed to tell them. */
function Drawing({ series, words }: { series: UnmetSeries; words: Words }) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const draw = () => {
      const width = Math.max(280, Math.min(960, element.clientWidth))
      element.replaceChildren(plot(series, words, width))
    }
    draw()
    const watch = new ResizeObserver(draw)
    watch.observe(element)
    return () => watch.disconnect()
  }, [series, words])
  return <div ref={frame} className="chart" />
}

function plot(series: UnmetSeries, { t, locale }: Words, width: number): SVGSVGElement | HTMLElement {
  const line = (value: 'needed' | 'received' | 'unmet', dash: string, strokeWidth: number) => [
    Plot.line(series.points, {
      x: 'hour',
      y: value,
      stroke: `var(--chart-${value})`,
      strokeWidth,
      strokeDasharray: dash,
    }),
    Plot.text(series.points.slice(-1), {
      x: 'hour',
      y: value,
      text: () => t(`need-${value}`),
      textAnchor: 'start',
      dx: 6,
      fill: 'currentColor',
    }),
  ]
  const drawn = Plot.plot({
    width,
    height: Math.round(Math.min(380, width * 0.5)),
    marginLeft: 70,
    marginRight: 110,
    marginBottom: 40,
    style: { background: 'none', color: 'inherit', font: 'inherit' },
    x: {
      label: t('hour'),
      labelAnchor: 'center',
      labelArrow: 'none',
      tickFormat: (hour: number) => number(hour, locale),
    },
    y: { label: null, grid: true, zero: true, tickFormat: (value: number) => number(value, locale) },
    marks: [
      Plot.areaY(series.points, {
        x: 'hour',
        y: 'unmet',
        fill: 'var(--chart-unmet)',
        fillOpacity: 0.14,
      }),
      ...line('needed', '6 4', 1.5),
      ...line('received', '2 3', 2),
      ...line('unmet', '', 2.6),
      Plot.ruleY([0]),
    ],
  })
  // Plot names its groups, which have no role; the figure around it says what they say.
  for (const group of drawn.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label')
  return drawn
}
