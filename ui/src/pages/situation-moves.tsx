import { useEffect, useRef, useState } from 'react'
import type { EstimateMove } from '../api/client'
import { dayAndTime, difference, number } from '../format'
import { Listed } from '../parts/listed'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { RangeBar, Ranged } from '../parts/range-bar'
import { type Column, Table } from '../parts/table'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { type Bar, type Change, changes, moveChart } from './moves'

/** How the estimate moved from message to message: a chart, and the same figures as a table. */
export function Moves({ moves }: { moves: readonly EstimateMove[] }) {
  const { t } = useWords()
  return (
    <Listed
      id="moves"
      title={t('moves')}
      rows={changes(moves).reverse()}
      empty={<Empty title={t('moves-empty')} next={t('moves-empty-next')} />}
    >
      {rows => (
        <>
          <Chart moves={moves} />
          <MoveTable rows={rows} most={Math.max(0, ...moves.map(move => move.displaced.high))} />
        </>
      )}
    </Listed>
  )
}

function Chart({ moves }: { moves: readonly EstimateMove[] }) {
  const { t, locale } = useWords()
  const [first, last] = [moves[0], moves.at(-1)]
  if (first === undefined || last === undefined) return null
  const values = {
    low: number(last.displaced.low, locale),
    central: number(last.displaced.central, locale),
    high: number(last.displaced.high, locale),
  }
  const sentence =
    moves.length === 1
      ? t('moves-one', values)
      : t('moves-sentence', {
          ...values,
          count: moves.length,
          first: number(first.displaced.central, locale),
        })
  return (
    <>
      <p>{sentence}</p>
      {moves.length === 1 ? null : <Drawing moves={moves} sentence={sentence} />}
    </>
  )
}

const HEIGHT = 220

/** A bar for each estimate from its low to its high end; those with counts have a filled square. */
function Drawing({ moves, sentence }: { moves: readonly EstimateMove[]; sentence: string }) {
  const { t, lang, locale } = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(640)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const watch = new ResizeObserver(() => setWidth(Math.max(240, Math.min(960, element.clientWidth))))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  const { bars, ticks, left, right, bottom } = moveChart(moves, width, HEIGHT)
  const line = bars.map(({ x, central }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)},${central.toFixed(1)}`)
  return (
    <div ref={frame} className="moves-chart">
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={sentence}>
        {ticks.map(({ y, value }) => (
          <g key={value}>
            <path d={`M${left},${y}H${right}`} className="moves-grid" />
            <text x={left - 6} y={y + 4} textAnchor="end">
              {number(value, locale)}
            </text>
          </g>
        ))}
        <path d={line.join('')} className="moves-line" />
        {bars.map((bar, i) => (
          <g key={i}>
            <Range bar={bar} />
            {bar.timed ? (
              <text x={bar.x} y={bottom + 18} textAnchor={i === bars.length - 1 && i > 0 ? 'end' : 'middle'}>
                {dayAndTime(bar.at, lang, locale)}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <ul className="moves-legend">
        <li>
          <Sign counted={false} /> {t('moves-modelled')}
        </li>
        {bars.some(bar => bar.counted) ? (
          <li>
            <Sign counted /> {t('moves-counted')}
          </li>
        ) : null}
      </ul>
    </div>
  )
}

function Range({ bar }: { bar: Bar }) {
  const { x, low, central, high, counted } = bar
  return (
    <g className={counted ? 'moves-bar moves-bar-counted' : 'moves-bar'}>
      <rect x={x - 5} y={high} width="10" height={Math.max(1.5, low - high)} className="moves-span" />
      {counted ? (
        <rect x={x - 4.5} y={central - 4.5} width="9" height="9" className="moves-middle" />
      ) : (
        <circle cx={x} cy={central} r="4.5" className="moves-middle" />
      )}
    </g>
  )
}

function Sign({ counted }: { counted: boolean }) {
  return (
    <svg width="20" height="24" aria-hidden="true">
      <Range bar={{ x: 10, high: 1, central: 12, low: 23, counted, at: '', timed: false }} />
    </svg>
  )
}

function MoveTable({ rows, most }: { rows: readonly Change[]; most: number }) {
  const { t, locale } = useWords()
  const columns: Column<Change>[] = [
    { id: 'time', title: t('time'), cell: ({ move }) => <When at={move.at} />, short: true },
    { id: 'party', title: t('party'), cell: ({ move }) => <Party party={move.party} /> },
    { id: 'message', title: t('message'), cell: change => <Rests change={change} />, heads: true },
    {
      id: 'basis',
      title: t('basis'),
      cell: ({ move }) => (
        <Mark meaning={move.counted ? 'done' : 'moving'}>
          {t(move.counted ? 'moves-counted' : 'moves-modelled')}
        </Mark>
      ),
    },
    { id: 'places', title: t('places'), cell: ({ move }) => number(move.places, locale), numeric: true },
    { id: 'bar', title: t('range-of-displaced'), cell: ({ move }) => <RangeBar spread={move.displaced} full={most} /> },
    {
      id: 'displaced',
      title: t('people-displaced'),
      cell: ({ move }) => <Ranged spread={move.displaced} />,
      numeric: true,
    },
    {
      id: 'difference',
      title: t('moves-difference'),
      cell: change => (change.difference === null ? t('none') : difference(change.difference, locale)),
      numeric: true,
    },
  ]
  return (
    <Table
      caption={t('moves')}
      quiet
      columns={columns}
      rows={rows}
      rowKey={({ move }, position) => `${move.message}/${move.at}/${position}`}
    />
  )
}

/** The message an estimate came with; on demand all those it rests on, and the factors. */
function Rests({ change: { move, newFactors } }: { change: Change }) {
  const { t } = useWords()
  return (
    <>
      <code>{move.message}</code>
      {newFactors ? <span className="range">{t('moves-new-factors', { version: move.factors })}</span> : null}
      <details className="rests">
        <summary>{t('moves-rests', { count: move.messages.length })}</summary>
        <ul className="plain-list">
          {move.messages.map(message => (
            <li key={message}>
              <code>{message}</code>
            </li>
          ))}
          <li>{t('factors-version', { version: move.factors })}</li>
        </ul>
      </details>
    </>
  )
}
