import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { PlaceLine, SituationPage } from '../api/client'
import { number, units } from '../format'
import { hitKinds } from '../map/severity'
import { Pane } from '../parts/dialog'
import { Listed } from '../parts/listed'
import { Empty } from '../parts/notice'
import { RangeBar, Ranged } from '../parts/range-bar'
import { hitWords } from '../parts/severity'
import { type Column, Table } from '../parts/table'
import { useWords, type Words } from '../words/words'

/** Places that were hit, worst first: the same figures as the map of the event. */
export function PlaceTable({ page }: { page: SituationPage }) {
  const words = useWords()
  const { t } = words
  const [chosen, setChosen] = useState<string | null>(null)
  const place = page.places.find(({ id }) => id === chosen)
  const columns = placeColumns(page.places, words, setChosen)
  return (
    <>
      <Listed
        id="places"
        title={t('places')}
        rows={page.places}
        empty={<Empty title={t('places-empty')} next={t('places-empty-next')} />}
      >
        {rows => <Table caption={t('places')} quiet columns={columns} rows={rows} rowKey={line => line.id} />}
      </Listed>
      {place === undefined ? null : (
        <Sources
          place={place}
          factors={page.people.factors ?? null}
          status={page.case?.status}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  )
}

function placeColumns(
  places: readonly PlaceLine[],
  words: Words,
  open: (id: string) => void,
): Column<PlaceLine>[] {
  const { t, pick, locale } = words
  const most = Math.max(0, ...places.map(place => place.displaced.high))
  const onlyShaking = hitKinds(places).every(kind => kind === 'shaking')
  return [
    { id: 'name', title: t('place'), cell: place => pick(place.names), heads: true },
    { id: 'severity', title: t(onlyShaking ? 'intensity' : 'severity'), cell: place => <Hits place={place} /> },
    {
      id: 'method',
      title: t('basis'),
      cell: place => (
        <span className="basis">
          <span className="said">{methodWords(place, words)}</span>
          <Button
            className="button button-quiet button-small"
            aria-label={t('sources-of', { place: pick(place.names) })}
            onPress={() => open(place.id)}
          >
            {t('sources')}
          </Button>
        </span>
      ),
    },
    { id: 'people', title: t('residents'), cell: place => number(place.people, locale), numeric: true },
    {
      id: 'evacuated',
      title: t('people-evacuated'),
      cell: place => <Ranged spread={place.evacuated} />,
      numeric: true,
    },
    {
      id: 'displaced',
      title: t('people-displaced'),
      cell: place => <Ranged spread={place.displaced} />,
      numeric: true,
    },
    {
      id: 'range',
      title: t('range-of-displaced'),
      cell: place => <RangeBar spread={place.displaced} full={most} />,
    },
    { id: 'needs', title: t('first-needs'), cell: place => <PlaceNeeds place={place} /> },
  ]
}

/** How the figures of a place were found. */
function methodWords({ method, observed }: PlaceLine, { t, term }: Words): string {
  return method ? term('method', method) : t(observed ? 'basis-observed' : 'basis-model')
}

/** What hit a place: the worst first. */
function Hits({ place }: { place: PlaceLine }) {
  const words = useWords()
  return (
    <span className="hits">
      <span className="said">{hitWords(place.intensity, words)}</span>
      {place.also.map(also => (
        <span key={also} className="range">
          {hitWords(also, words)}
        </span>
      ))}
    </span>
  )
}

function PlaceNeeds({ place }: { place: PlaceLine }) {
  const { t, pick, locale } = useWords()
  if (place.needs.length === 0) return <>{t('none')}</>
  return (
    <ul className="plain-list needs-list">
      {firstNeeds(place).map(need => (
        <li key={`${need.commodity}/${need.per_day}`}>
          {pick(need.names)} {units(need.amount.central, need.unit, locale, t)}
          {need.per_day ? ` ${t('per-day')}` : null}
        </li>
      ))}
    </ul>
  )
}

/** What cannot wait, first. */
const URGENT: readonly string[] = ['drinking_water', 'meal', 'blanket']

function firstNeeds({ needs }: PlaceLine): PlaceLine['needs'] {
  const rank = ({ commodity }: { commodity: string }) => {
    const at = URGENT.indexOf(commodity)
    return at < 0 ? URGENT.length : at
  }
  return [...needs].sort((a, b) => rank(a) - rank(b)).slice(0, URGENT.length)
}

interface SourcesProps {
  place: PlaceLine
  /** The version of the factors behind the figures. */
  factors: string | null
  status: string | undefined
  onClose: () => void
}

/** Where the figures of one place come from: its message, its method, and the factor of each need. */
function Sources({ place, factors, status, onClose }: SourcesProps) {
  const words = useWords()
  const { t, pick, locale } = words
  const facts: readonly [title: string, value: React.ReactNode][] = [
    [t('severity'), <Hits key="hits" place={place} />],
    [t('basis'), <span key="method" className="said">{methodWords(place, words)}</span>],
    [t('message-behind'), place.message ? <code key="message">{place.message}</code> : t('none')],
    [t('factors'), factors ?? t('none')],
    [t('residents'), number(place.people, locale)],
    [t('people-evacuated'), <Ranged key="evacuated" spread={place.evacuated} />],
    [t('people-displaced'), <Ranged key="displaced" spread={place.displaced} />],
    [t('without-water'), place.without_water ? <Ranged key="water" spread={place.without_water} /> : t('none')],
  ]
  return (
    <Pane title={t('sources-of', { place: pick(place.names) })} status={status} onClose={onClose}>
      <dl className="facts">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {place.needs.length === 0 ? (
        <Empty title={t('situation-no-needs')} next={t('situation-no-needs-next')} />
      ) : (
        <NeedSources place={place} />
      )}
    </Pane>
  )
}

type NeedLine = PlaceLine['needs'][number]

function NeedSources({ place }: { place: PlaceLine }) {
  const { t, pick, locale } = useWords()
  const columns: Column<NeedLine>[] = [
    { id: 'what', title: t('commodity'), cell: need => pick(need.names), heads: true },
    {
      id: 'amount',
      title: t('amount'),
      cell: ({ amount, unit }) => (
        <>
          {units(amount.central, unit, locale, t)}
          <span className="range">
            {t('range', { low: number(amount.low, locale), high: number(amount.high, locale) })}
          </span>
        </>
      ),
      numeric: true,
    },
    { id: 'rate', title: t('need-rate'), cell: need => t(need.per_day ? 'need-per-day' : 'need-once'), short: true },
    { id: 'source', title: t('factor-source'), cell: need => need.source || t('none'), small: true },
  ]
  return (
    <Table
      caption={t('needs-of-place')}
      columns={columns}
      rows={place.needs}
      rowKey={(need, position) => `${need.commodity}/${position}`}
    />
  )
}
