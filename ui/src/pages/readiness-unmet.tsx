import type { ReadinessDots, ReadinessReport, ReadinessUnmet } from '../api/client'
import { number, percent, sentences } from '../format'
import { Choice } from '../parts/choice'
import { Figure } from '../parts/figure'
import { type Column, Table } from '../parts/table'
import { useWords } from '../words/words'
import { share } from './plan-time'
import { DotPlot, type Panel } from './readiness-dots'
import { hourCounts, hourMarks, hourStacks, shareCounts, shareStacks } from './readiness-figures'
import { Hours, ToldShare } from './readiness-told'

interface UnmetProps {
  report: ReadinessReport
  commodity: string | null
  choose: (commodity: string | null) => void
}

/** The choice that stands for every commodity; no commodity has an id with a colon. */
const ALL = ':all'

/** How much stays unmet and when help is there: as things are, and with local ties alone. */
export function Unmet({ report, commodity, choose }: UnmetProps) {
  const { t, pick } = useWords()
  const nameOf = (line: ReadinessUnmet) => (line.names ? pick(line.names) : t('readiness-all'))
  const line = report.unmet.find(line => (line.commodity ?? null) === commodity)
  return (
    <section className="panel" aria-labelledby="readiness-unmet">
      <h2 id="readiness-unmet">{t('readiness-unmet')}</h2>
      {line === undefined ? (
        <p>{t('readiness-needs-nothing')}</p>
      ) : (
        <>
          <Choice
            className="readiness-choice"
            label={t('commodity')}
            options={report.unmet.map(line => ({ id: line.commodity ?? ALL, title: nameOf(line) }))}
            value={line.commodity ?? ALL}
            onChange={chosen => choose(chosen === ALL ? null : chosen)}
          />
          <Shares line={line} title={nameOf(line)} />
          <div className="readiness-pair">
            <Arrival line={line} report={report} which="half_h" />
            <Arrival line={line} report={report} which="ninety_h" />
          </div>
          {line.local_dots ? <p className="note">{t('readiness-local-note')}</p> : null}
          <Commodities lines={report.unmet} nameOf={nameOf} chosen={commodity} />
        </>
      )}
    </section>
  )
}

/** What every dot plot shows: as things are, and with local ties alone where the run asked. */
function useWorlds(line: ReadinessUnmet): { id: Panel['kind']; title: string; dots: ReadinessDots }[] {
  const { t } = useWords()
  const now = { id: 'now' as const, title: t('readiness-now'), dots: line.dots }
  return line.local_dots ? [now, { id: 'local', title: t('readiness-local'), dots: line.local_dots }] : [now]
}

function Shares({ line, title }: { line: ReadinessUnmet; title: string }) {
  const { t, lang, locale } = useWords()
  const worlds = useWorlds(line)
  const said = worlds.map(({ id, dots }) => {
    const { all, none, half } = shareCounts(dots.share_ppm)
    return t(`readiness-dots-${id}`, { all, none, half })
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(at => ({ at, text: share(at * 1e6, locale, 0) }))
  return (
    <Figure
      title={t('readiness-dots-title', { commodity: title })}
      sentence={sentences(said, lang)}
      picture={
        <DotPlot
          panels={worlds.map(({ id, title, dots }) => ({ kind: id, title, stacks: shareStacks(dots.share_ppm) }))}
          side="start"
          apart={t('readiness-nothing')}
          axis={t('readiness-share-unmet')}
          ticks={ticks}
        />
      }
      note={<p className="note">{t('readiness-dots-note')}</p>}
      table={
        <DotsTable
          caption={t('readiness-dots-title', { commodity: title })}
          rows={twentieths(worlds, 'share_ppm')}
          worlds={worlds}
          cell={ppm => (ppm === null ? t('none') : percent(ppm, locale))}
        />
      }
    />
  )
}

interface ArrivalProps {
  line: ReadinessUnmet
  report: ReadinessReport
  which: 'half_h' | 'ninety_h'
}

/** By when a sentence counts what is there, in hours from the start of the plan. */
const FIRST_DAY_H = 24

function Arrival({ line, report, which }: ArrivalProps) {
  const { t, lang, locale } = useWords()
  const worlds = useWorlds(line)
  const { job } = report
  const horizon = job.periods * job.period_hours
  const by = Math.min(FIRST_DAY_H, horizon)
  const said = worlds.map(({ id, dots }) => {
    const counts = hourCounts(dots[which], by)
    return t(`readiness-arrival-${id}`, { ...counts, hours: by, horizon })
  })
  const ticks = hourMarks(horizon).map(hours => ({ at: hours / Math.max(1, horizon), text: number(hours, locale) }))
  const title = t(which === 'half_h' ? 'readiness-half' : 'readiness-ninety')
  return (
    <Figure
      title={title}
      sentence={sentences(said, lang)}
      picture={
        <DotPlot
          panels={worlds.map(({ id, title, dots }) => ({ kind: id, title, stacks: hourStacks(dots[which], job) }))}
          side="end"
          apart={t('readiness-beyond', { hours: number(horizon, locale) })}
          axis={t('readiness-hours-axis')}
          ticks={ticks}
          centred
        />
      }
      table={
        <DotsTable
          caption={title}
          rows={twentieths(worlds, which)}
          worlds={worlds}
          cell={hours => <Hours hours={hours} horizon={horizon} />}
        />
      }
    />
  )
}

interface Twentieth {
  position: number
  figures: readonly (number | null)[]
}

/** The dots of both worlds side by side, by their rank. */
function twentieths(worlds: readonly { dots: ReadinessDots }[], which: keyof ReadinessDots): Twentieth[] {
  const most = Math.max(0, ...worlds.map(({ dots }) => dots[which].length))
  return Array.from({ length: most }, (_, position) => ({
    position: position + 1,
    figures: worlds.map(({ dots }) => dots[which][position] ?? null),
  }))
}

interface DotsTableProps {
  caption: string
  rows: readonly Twentieth[]
  worlds: readonly { id: string; title: string }[]
  cell: (figure: number | null) => React.ReactNode
}

function DotsTable({ caption, rows, worlds, cell }: DotsTableProps) {
  const { t } = useWords()
  const columns: Column<Twentieth>[] = [
    { id: 'dot', title: t('readiness-dot'), cell: row => row.position, heads: true, numeric: true },
    ...worlds.map(({ id, title }, position) => ({
      id,
      title,
      cell: (row: Twentieth) => cell(row.figures[position] ?? null),
      numeric: true,
    })),
  ]
  return <Table caption={caption} quiet columns={columns} rows={rows} rowKey={row => row.position} />
}

interface CommoditiesProps {
  lines: readonly ReadinessUnmet[]
  nameOf: (line: ReadinessUnmet) => string
  chosen: string | null
}

/** The share unmet over all scenarios, of each commodity. */
function Commodities({ lines, nameOf, chosen }: CommoditiesProps) {
  const { t, locale } = useWords()
  const columns: Column<ReadinessUnmet>[] = [
    { id: 'commodity', title: t('commodity'), cell: nameOf, heads: true },
    { id: 'scenarios', title: t('readiness-scenarios'), cell: line => number(line.scenarios, locale), numeric: true },
    { id: 'share', title: t('readiness-unmet-share'), cell: line => <ToldShare of={line.share} />, numeric: true },
  ]
  if (lines.some(line => line.local_share)) {
    columns.push({
      id: 'local',
      title: t('readiness-local'),
      cell: line => (line.local_share ? <ToldShare of={line.local_share} /> : t('none')),
      numeric: true,
    })
  }
  return (
    <Table
      caption={t('readiness-unmet-all')}
      columns={columns}
      rows={lines}
      rowKey={line => line.commodity ?? ALL}
      pointed={line => chosen !== null && line.commodity === chosen}
    />
  )
}
