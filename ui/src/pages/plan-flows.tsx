import { useEffect, useId, useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import type { PlanFlow, PlanPage } from '../api/client'
import { amount, mass, number } from '../format'
import { PlanMap } from '../map/plan-map'
import { Clause } from '../parts/clause'
import { Listed } from '../parts/listed'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { hoursOf, instant, movedBy, ofCommodity } from './plan-time'

/** How long each step of the film stays, in milliseconds. */
const STEP_MS = 450

interface FlowsProps {
  page: PlanPage
  commodity: string | null
}

/** The plan as it goes: a map with a clock to move, and the same figures as a table. */
export function Flows({ page, commodity }: FlowsProps) {
  const { t, locale } = useWords()
  const last = hoursOf(page)
  const [hour, setHour] = useState(last)
  const flows = useMemo(() => ofCommodity(page.flows, commodity), [page, commodity])
  const at = instant(page.start, hour)
  const moved = useMemo(() => movedBy(flows, at), [flows, at])
  const whole = useMemo(() => movedBy(flows, instant(page.start, last)), [flows, page, last])
  const heaviest = whole.stretches[0]?.left ?? 0
  const closed = page.links.filter(link => link.closed_periods > 0).length
  const said = {
    hour,
    left: mass(moved.left, locale, t),
    there: mass(moved.there, locale, t),
    all: mass(moved.all, locale, t),
  }
  return (
    <>
      <section className="panel" aria-labelledby="plan-map">
        <h2 id="plan-map">{t('plan-map')}</h2>
        <PlanMap
          page={page}
          moved={moved}
          heaviest={heaviest}
          sentence={t('plan-map-sentence', { ...said, links: moved.stretches.length, closed })}
        />
        <Clock page={page} hour={hour} last={last} setHour={setHour} />
        <p aria-live="off">{t('plan-moved', said)}</p>
        <ul className="plan-legend">
          <li>
            <svg width="34" height="14" aria-hidden="true">
              <path d="M1,7H33" className="map-flow map-flow-moving" strokeWidth="7" />
            </svg>
            {t('plan-legend-moving')}
          </li>
          <li>
            <svg width="34" height="14" aria-hidden="true">
              <path d="M1,7H33" className="map-flow" strokeWidth="7" />
            </svg>
            {t('plan-legend-there')}
          </li>
          <li>
            <svg width="34" height="14" aria-hidden="true" className="map-link map-link-suspended">
              <path d="M1,7H33" />
              <path d="M13,3l8,8m0,-8l-8,8" className="map-cut" />
            </svg>
            {t('plan-legend-closed')}
          </li>
        </ul>
      </section>
      <FlowTable page={page} flows={flows} at={at} />
    </>
  )
}

interface ClockProps {
  page: PlanPage
  hour: number
  last: number
  setHour: (hour: number) => void
}

/** Moves through the hours by hand, by keys, or by itself. */
function Clock({ page, hour, last, setHour }: ClockProps) {
  const { t } = useWords()
  const id = useId()
  const [playing, setPlaying] = useState(false)
  const step = Math.max(1, Math.round(page.period_min / 60))
  useEffect(() => {
    if (!playing) return
    const timer = window.setTimeout(() => {
      const next = Math.min(last, hour + step)
      setHour(next)
      if (next === last) setPlaying(false)
    }, STEP_MS)
    return () => window.clearTimeout(timer)
  }, [playing, hour, last, step, setHour])
  const play = () => {
    // The film starts anew where it has ended.
    if (!playing && hour >= last) setHour(0)
    setPlaying(!playing)
  }
  return (
    <div className="plan-clock">
      <Button className="button" onPress={play}>
        {t(playing ? 'plan-pause' : 'plan-play')}
      </Button>
      <label htmlFor={id}>{t('plan-hour')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={last}
        step={1}
        value={hour}
        aria-valuetext={t('plan-hour-of', { hour, last })}
        onChange={event => {
          setPlaying(false)
          setHour(Number(event.target.value))
        }}
      />
      <p>
        {t('plan-hour-of', { hour, last })} · <When at={instant(page.start, hour)} />
      </p>
    </div>
  )
}

interface FlowTableProps {
  page: PlanPage
  flows: readonly PlanFlow[]
  at: string
}

function FlowTable({ page, flows, at }: FlowTableProps) {
  const { t, pick, locale } = useWords()
  const names = new Map(page.links.map(link => [link.id, pick(link.names)]))
  const moment = new Date(at).getTime()
  const stage = (flow: PlanFlow) => {
    if (new Date(flow.arrives).getTime() <= moment) return <Mark meaning="done">{t('plan-there')}</Mark>
    if (new Date(flow.departs).getTime() <= moment) return <Mark meaning="moving">{t('plan-moving')}</Mark>
    return <Mark meaning="waiting">{t('plan-waiting')}</Mark>
  }
  const sent = (flow: PlanFlow) => {
    const all = amount(flow.amount, locale, t)
    return flow.left ? t('plan-left', { sent: all, left: amount(flow.left, locale, t) }) : all
  }
  const pallets = ({ packed }: PlanFlow) => {
    if (packed == null) return '–'
    const whole = number(packed.pallets, locale)
    return packed.loose === 0 ? whole : t('plan-pallets', { pallets: whole, loose: number(packed.loose, locale) })
  }
  const columns: Column<PlanFlow>[] = [
    { id: 'what', title: t('commodity'), cell: flow => pick(flow.names), heads: true },
    { id: 'amount', title: t('amount'), cell: sent, numeric: true },
    { id: 'mass', title: t('planned-mass'), cell: flow => mass(flow.kg, locale, t), numeric: true },
    { id: 'pallets', title: t('pallets'), cell: pallets, numeric: true },
    { id: 'giver', title: t('giver'), cell: flow => <Party party={flow.giver} /> },
    { id: 'place', title: t('receiver'), cell: flow => pick(flow.place_names) },
    {
      id: 'way',
      title: t('way'),
      cell: flow =>
        flow.legs.length === 0 ? t('plan-lies-there') : flow.legs.map(leg => names.get(leg.link) ?? leg.link).join(' → '),
    },
    { id: 'departs', title: t('departs'), cell: flow => <When at={flow.departs} /> },
    { id: 'arrives', title: t('arrives'), cell: flow => <When at={flow.arrives} /> },
    { id: 'stage', title: t('plan-at-hour'), cell: stage, short: true },
    {
      id: 'clause',
      title: t('clause'),
      cell: flow => (flow.clause ? <Clause clause={flow.clause} /> : t('plan-own')),
    },
  ]
  return (
    <Listed id="plan-flows" title={t('flows')} rows={flows} empty={<Empty title={t('flows-empty')} next={t('flows-empty-next')} />}>
      {rows => (
        <Table
          caption={t('flows')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={(flow, position) => [flow.giver.id, flow.place, flow.commodity, position].join('/')}
        />
      )}
    </Listed>
  )
}
