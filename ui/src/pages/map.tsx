import { type CalendarDate, parseDate } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { Button, DateField, DateInput, DateSegment, Label } from 'react-aria-components'
import type { ChoicesPage, LapseLine, MapPage as Drawn } from '../api/client'
import { choicesQuery, type MapQuestion, mapQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { Choice } from '../parts/choice'
import { Empty } from '../parts/notice'
import { Search } from '../parts/search'
import { type Column, Table } from '../parts/table'
import { To } from '../parts/to'
import { Day } from '../parts/when'
import { type Route, writeRoute } from '../route'
import { useWords } from '../words/words'
import { Gaps } from './map-gaps'
import { Matrix } from './map-matrix'
import { Cites, namesOf } from './map-names'
import { Steps } from './map-steps'

type MapRoute = Extract<Route, { page: 'map' }>

/** What exists and what is missing between parties. What is looked at stands in the address. */
export default function MapPage({ route }: { route: MapRoute }) {
  const { t, pick } = useWords()
  const map = useQuery(mapQuery(questionOf(route)))
  const choices = useQuery(choicesQuery)
  return (
    <>
      <div className="heading">
        <p>
          <To route={{ page: 'agreements' }}>{t('page-agreements')}</To>
        </p>
        <h1>{t('page-map')}</h1>
        <p>{t('map-lead')}</p>
      </div>
      <section className="panel" aria-labelledby="looked-at">
        <h2 id="looked-at">{t('map-looked-at')}</h2>
        <Answer query={choices}>
          {page => <Looked route={route} choices={page} shown={map.data?.parties ?? []} />}
        </Answer>
      </section>
      <Answer query={map}>
        {page => (
          <>
            <p className="looked-at">
              {t('map-of', { purpose: pick(page.purpose_words) })} <Day date={page.on} />
            </p>
            <Sections map={page} />
          </>
        )}
      </Answer>
    </>
  )
}

function Sections({ map }: { map: Drawn }) {
  return (
    <>
      <Counts map={map} />
      <Matrix map={map} />
      <Lapses map={map} />
      <Gaps map={map} />
      <Steps map={map} />
    </>
  )
}

function questionOf({ parties, on, purpose, status }: MapRoute): MapQuestion {
  return {
    party: [...parties],
    ...(on === undefined ? {} : { on }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(status === undefined ? {} : { status }),
  }
}

const STATUSES = ['actual', 'exercise'] as const

interface LookedProps {
  route: MapRoute
  choices: ChoicesPage
  /** The parties that the map on the page is of. */
  shown: readonly string[]
}

/** Between whom, when and what for. */
function Looked({ route, choices, shown }: LookedProps) {
  const { t, term, pick } = useWords()
  const go = (part: Partial<MapRoute>) => {
    window.location.hash = writeRoute({ ...route, ...part })
  }
  const parties = route.parties.length === 0 ? shown : route.parties
  const options = choices.parties.map(({ id, names }) => ({ id, title: pick(names) }))
  const nameOf = (id: string) => options.find(option => option.id === id)?.title ?? id
  return (
    <>
      <ul className="chosen" aria-label={t('map-chosen')}>
        {parties.map(id => (
          <li key={id}>
            {nameOf(id)} <code>{id}</code>
            {parties.length === 1 ? null : (
              <Button
                className="button button-quiet"
                aria-label={t('map-remove', { party: nameOf(id) })}
                onPress={() => go({ parties: parties.filter(other => other !== id) })}
              >
                ×
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className="note">{t(parties.length === 1 ? 'map-one' : 'map-several')}</p>
      <div className="ask">
        <Search
          // A new field after each addition, so that it stands empty.
          key={parties.join()}
          label={t('map-add')}
          options={options.filter(option => !parties.includes(option.id))}
          value={null}
          onChange={id => {
            if (id !== null) go({ parties: [...parties, id] })
          }}
        />
        <Choice
          label={t('ask-purpose')}
          options={choices.purposes.map(({ id, names }) => ({ id, title: pick(names) }))}
          value={route.purpose ?? 'disaster_relief'}
          onChange={purpose => go({ purpose })}
        />
        <DateField
          className="field"
          value={dateOf(route.on)}
          onChange={date => go({ on: date?.toString() })}
        >
          <Label className="field-label">{t('ask-on')}</Label>
          <DateInput className="field-input field-date">
            {segment => <DateSegment segment={segment} className="date-segment" />}
          </DateInput>
        </DateField>
        <Choice
          label={t('ask-status')}
          options={STATUSES.map(id => ({ id, title: term('status', id) }))}
          value={route.status ?? 'actual'}
          onChange={status => go({ status })}
        />
      </div>
    </>
  )
}

/** A date of the address, which anybody may have typed. */
function dateOf(text: string | undefined): CalendarDate | null {
  if (text === undefined) return null
  try {
    return parseDate(text)
  } catch {
    return null
  }
}

/** With how many partners each party has taken which steps. */
function Counts({ map }: { map: Drawn }) {
  const { t, pick } = useWords()
  const names = namesOf(map, pick)
  const stepOf = (id: string) => {
    const step = map.steps.find(step => step.id === id)
    return step === undefined ? id : pick(step.names)
  }
  type Line = Drawn['counts'][number]['steps'][number]
  const partners = (ids: readonly string[]) =>
    ids.length === 0 ? (
      <span className="nought">0</span>
    ) : (
      <details className="partners">
        <summary>{ids.length}</summary>
        {ids.map(id => names.party(id)).join(t('list-separator'))}
      </details>
    )
  const columns: Column<Line>[] = [
    { id: 'step', title: t('map-step'), cell: line => stepOf(line.step), heads: true },
    { id: 'in-force', title: t('map-in-force'), cell: line => partners(line.in_force) },
    {
      id: 'abroad',
      title: t('map-of-these-abroad'),
      cell: line => line.in_force_abroad,
      numeric: true,
    },
    { id: 'coming', title: t('map-coming'), cell: line => partners(line.coming) },
  ]
  return (
    <section className="panel" aria-labelledby="counts">
      <h2 id="counts">{t('map-counts')}</h2>
      <p className="note">{t('map-counts-note')}</p>
      {map.counts.map(counts => {
        const taken = counts.steps.filter(line => line.in_force.length + line.coming.length > 0)
        return (
          <div key={counts.party} className="counted">
            <p>{pick(counts.words)}</p>
            {taken.length === 0 ? null : (
              <Table
                caption={names.party(counts.party)}
                columns={columns}
                rows={taken}
                rowKey={line => line.step}
              />
            )}
          </div>
        )
      })}
    </section>
  )
}

/** What ends soon. */
function Lapses({ map }: { map: Drawn }) {
  const { t, pick } = useWords()
  const names = namesOf(map, pick)
  const columns: Column<LapseLine>[] = [
    { id: 'agreement', title: t('agreement'), cell: line => names.title(line.clause.agreement), heads: true },
    { id: 'what', title: t('map-what-ends'), cell: line => pick(line.words) },
    {
      id: 'on',
      title: t('map-day'),
      cell: line =>
        line.on == null ? (
          '–'
        ) : (
          <>
            <Day date={line.on} />{' '}
            <span className="order-where">{t('map-days-left', { count: line.days_left ?? 0 })}</span>
          </>
        ),
    },
    { id: 'clause', title: t('map-clause'), cell: line => <Cites map={map} cites={[line.clause]} /> },
  ]
  return (
    <section className="panel" aria-labelledby="lapses">
      <h2 id="lapses">{t('map-lapses', { days: map.within_days })}</h2>
      {map.lapses.length === 0 ? (
        <Empty title={t('map-lapses-none')} next={t('map-lapses-none-next')} />
      ) : (
        <Table
          caption={t('map-lapses', { days: map.within_days })}
          quiet
          columns={columns}
          rows={map.lapses}
          rowKey={(line, position) => `${line.clause.agreement}/${line.kind}/${position}`}
        />
      )}
    </section>
  )
}
