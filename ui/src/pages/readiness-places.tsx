import { useMemo } from 'react'
import type { ReadinessPlace, ReadinessReport } from '../api/client'
import { difference, number, sentences } from '../format'
import { ReadinessMap } from '../map/readiness-map'
import { ChangeMark } from '../map/readiness-marks'
import { Choice } from '../parts/choice'
import { Listed } from '../parts/listed'
import { Empty } from '../parts/notice'
import { type Column, Table } from '../parts/table'
import { useWords } from '../words/words'
import { ofCommodity } from './plan-time'
import { effects, type Shifted, shifted } from './readiness-figures'
import { helps } from './readiness-steps'
import { Hours, Told, ToldCount, ToldShare } from './readiness-told'

interface SiteMapProps {
  report: ReadinessReport
  step: string | undefined
  choose: (step: string | undefined) => void
}

/** The choice of nothing; no candidate has an id with a colon. */
const NOW = ':now'
/** The choice of local ties alone; candidates have other names. */
const LOCAL = 'local'

/** Places on the map as things are, and with a step or with local ties alone. */
export function SiteMap({ report, step, choose }: SiteMapProps) {
  const { t, pick, lang, locale } = useWords()
  const options = [
    { id: NOW, title: t('readiness-now') },
    ...(report.local.length > 0 ? [{ id: LOCAL, title: t('readiness-local') }] : []),
    ...report.steps.filter(helps).map(line => ({ id: line.candidate, title: pick(line.names) })),
  ]
  const chosen = options.find(({ id }) => id === step)
  const changes = useMemo(() => {
    if (chosen === undefined || chosen.id === NOW) return null
    return chosen.id === LOCAL
      ? report.local
      : (report.steps.find(line => line.candidate === chosen.id)?.changes ?? null)
  }, [report, chosen?.id])
  const places = useMemo(() => shifted(report.sites, changes ?? []), [report, changes])
  const sum = report.sites.reduce((all, site) => all + site.person_days.value, 0)
  const worst = places.reduce<Shifted | undefined>(
    (most, place) => (most === undefined || place.before.value > most.before.value ? place : most),
    undefined,
  )
  const said = [
    t('readiness-map-now', {
      places: number(report.sites.filter(site => site.person_days.value > 0).length, locale),
      days: number(sum, locale),
      worst: worst === undefined ? t('none') : pick(worst.site.names),
      most: number(worst?.before.value ?? 0, locale),
    }),
  ]
  if (changes !== null) {
    const { better, worse, either } = effects(places)
    said.push(t('readiness-map-then', { step: chosen?.title ?? '', better, worse, either }))
  }
  return (
    <section className="panel" aria-labelledby="readiness-map">
      <h2 id="readiness-map">{t('readiness-map')}</h2>
      <Choice
        className="readiness-choice readiness-choice-wide"
        label={t('readiness-with')}
        options={options}
        value={chosen?.id ?? NOW}
        onChange={id => choose(id === NOW ? undefined : id)}
      />
      <p>{sentences(said, lang)}</p>
      <ReadinessMap places={places} changed={changes !== null} sentence={sentences(said, lang)} />
      <details className="figure-table">
        <summary>{t('figure-as-table')}</summary>
        <SiteTable
          places={changes === null ? places : places.filter(({ effect }) => effect !== 'none')}
          changed={changes !== null}
        />
      </details>
    </section>
  )
}

function SiteTable({ places, changed }: { places: readonly Shifted[]; changed: boolean }) {
  const { t, term, pick, locale } = useWords()
  const columns: Column<Shifted>[] = [
    { id: 'place', title: t('place'), cell: ({ site }) => pick(site.names), heads: true },
    { id: 'scenarios', title: t('readiness-scenarios'), cell: ({ site }) => number(site.scenarios, locale), numeric: true },
    {
      id: 'before',
      title: t(changed ? 'readiness-before' : 'readiness-days'),
      cell: place => <ToldCount of={place.before} />,
      numeric: true,
    },
  ]
  if (changed) {
    columns.push(
      { id: 'after', title: t('readiness-after'), cell: place => <ToldCount of={place.after} />, numeric: true },
      { id: 'change', title: t('readiness-change'), cell: place => <Told of={place.change} as={difference} />, numeric: true },
      {
        id: 'effect',
        title: t('readiness-effect'),
        cell: ({ effect }) => (
          <span className="readiness-effect">
            <svg width="16" height="16" viewBox="-9 -9 18 18" aria-hidden="true">
              <ChangeMark effect={effect} size={7} />
            </svg>{' '}
            {term('readiness-effect', effect)}
          </span>
        ),
      },
    )
  }
  return <Table caption={t('readiness-map')} quiet columns={columns} rows={places} rowKey={({ site }) => site.place} />
}

/** How many places are listed at once. */
const FIRST_PLACES = 15

/** Where most is missing, by place and commodity. */
export function Places({ report, commodity }: { report: ReadinessReport; commodity: string | null }) {
  const { t, pick, locale } = useWords()
  const horizon = report.job.periods * report.job.period_hours
  const columns: Column<ReadinessPlace>[] = [
    { id: 'place', title: t('place'), cell: line => pick(line.place_names), heads: true },
    { id: 'what', title: t('commodity'), cell: line => pick(line.names) },
    { id: 'scenarios', title: t('readiness-scenarios'), cell: line => number(line.scenarios, locale), numeric: true },
    { id: 'share', title: t('readiness-unmet-share'), cell: line => <ToldShare of={line.share} />, numeric: true },
    { id: 'half', title: t('readiness-half-median'), cell: line => <Hours hours={line.half_h} horizon={horizon} />, numeric: true },
    { id: 'ninety', title: t('readiness-ninety-median'), cell: line => <Hours hours={line.ninety_h} horizon={horizon} />, numeric: true },
    { id: 'days', title: t('readiness-days'), cell: line => <ToldCount of={line.person_days} />, numeric: true },
  ]
  return (
    <Listed
      id="readiness-places"
      title={t('readiness-places')}
      rows={ofCommodity(report.places, commodity)}
      first={FIRST_PLACES}
      empty={<Empty title={t('readiness-places-none')} next={t('readiness-places-none-next')} />}
    >
      {rows => (
        <Table
          caption={t('readiness-places')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={line => `${line.place}/${line.commodity}`}
        />
      )}
    </Listed>
  )
}
