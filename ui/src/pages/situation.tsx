import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { SituationPage as Situation } from '../api/client'
import { situationQuery } from '../api/queries'
import { mass, number } from '../format'
import { Legend } from '../map/legend'
import { SituationMap } from '../map/map'
import { type Hit, hitKinds, severityOf } from '../map/severity'
import { Answer } from '../parts/answer'
import { StatusBanner } from '../parts/exercise'
import { NeedBars } from '../parts/need-bars'
import { Empty } from '../parts/notice'
import { hitPhrase } from '../parts/severity'
import { When } from '../parts/when'
import { useWords, type Words } from '../words/words'
import { Heading, MessageTable, OutlineTable } from './situation-event'
import { Moves } from './situation-moves'
import { People } from './situation-people'
import { PlaceTable } from './situation-places'
import { Reports } from './situation-reports'
import { FlowTable, LinkTable, ReachTable, UnmetTable } from './situation-tables'

/** What broke, who is reachable, what moves now: answered without a click. */
export function SituationPage({ id }: { id: string | undefined }) {
  const query = useQuery(situationQuery(id))
  return <Answer query={query}>{page => <Shown page={page} />}</Answer>
}

function Shown({ page }: { page: Situation }) {
  const { t } = useWords()
  if (!page.case) return <Empty title={t('situation-empty')} next={t('situation-empty-next')} />
  return (
    <>
      <StatusBanner status={page.case.status} />
      <Heading page={page} />
      <Answers page={page} />
      <People people={page.people} />
      <Maps page={page} />
      <PlaceTable page={page} />
      <Moves moves={page.moves} />
      <Reports situations={page.situations} />
      <section className="panel" aria-labelledby="needs">
        <h2 id="needs">{t('situation-needs')}</h2>
        {page.needs.length === 0 ? (
          <Empty title={t('situation-no-needs')} next={t('situation-no-needs-next')} />
        ) : (
          <NeedBars needs={page.needs} caption={t('situation-needs')} />
        )}
      </section>
      <FlowTable flows={page.flows} links={page.links} />
      <UnmetTable unmet={page.unmet} />
      <LinkTable links={page.links} />
      <MessageTable messages={page.event?.messages ?? []} />
      <ReachTable reach={page.reach} />
    </>
  )
}

/** The three answers a duty officer looks for, and the fourth one nobody likes to hear. */
function Answers({ page }: { page: Situation }) {
  const words = useWords()
  const { t, pick, locale } = words
  const figures = figuresOf(page)
  const { displaced } = page.people
  const [worst] = page.places
  const silent = page.reach.filter(line => !line.reachable)
  const [gap] = page.unmet
  return (
    <section className="answers" aria-label={t('answers')}>
      <Answered question={t('answer-broke')} value={number(displaced.central, locale)} unit={t('people-displaced')}>
        {t('range', { low: number(displaced.low, locale), high: number(displaced.high, locale) })}
        {worst === undefined
          ? null
          : ` · ${t('worst-place', { place: pick(worst.names), severity: hitPhrase(worst.intensity, words) })}`}
      </Answered>
      <Answered
        question={t('answer-reach')}
        value={t('share', { part: page.reach.length - silent.length, whole: page.reach.length })}
        unit={t('parties-answer')}
      >
        {silent.length === 0
          ? t('all-answer')
          : t('silent', { parties: silent.map(line => pick(line.party.names)).join(t('list-separator')) })}
      </Answered>
      <Answered
        question={t('answer-moves')}
        value={number(page.flows.length, locale)}
        unit={t('movements-planned')}
      >
        {t('moves-detail', {
          givers: new Set(page.flows.map(flow => flow.giver.id)).size,
          orders: page.case?.open_orders ?? 0,
        })}
        {figures.firstArrival === undefined ? null : (
          <>
            {' · '}
            {t('first-arrival')} <When at={figures.firstArrival} />
          </>
        )}
      </Answered>
      <Answered question={t('answer-gap')} value={number(page.unmet.length, locale)} unit={t('needs-unserved')}>
        {gap === undefined
          ? t('no-gap')
          : t('first-gap', {
              place: pick(gap.place_names),
              commodity: pick(gap.names),
              cause: words.term('unmet', gap.cause),
            })}
      </Answered>
    </section>
  )
}

interface AnsweredProps {
  question: string
  value: string
  unit: string
  children: ReactNode
}

function Answered({ question, value, unit, children }: AnsweredProps) {
  return (
    <div className="answered">
      <h2>{question}</h2>
      <p className="answered-value">
        <strong>{value}</strong> {unit}
      </p>
      <p className="answered-detail">{children}</p>
    </div>
  )
}

function figuresOf(page: Situation) {
  return {
    heaviest_kg: Math.max(0, ...page.links.map(link => link.planned_kg)),
    // RFC 3339 in UTC sorts as text.
    firstArrival: page.flows.map(flow => flow.arrives).sort()[0],
    strong: page.places.filter(place => severityOf(place.intensity) >= 4).length,
  }
}

/** From where on a place counts as hit hard (class 4), for each kind of hit on the map. */
const THRESHOLDS: Readonly<Record<Hit['kind'], string>> = {
  shaking: 'threshold-shaking',
  wind: 'threshold-wind',
  warned: 'threshold-warned',
}

function eventSentence(page: Situation, { t, locale }: Words): string {
  const values = { places: page.places.length, displaced: number(page.people.displaced.central, locale) }
  const kinds = hitKinds(page.places)
  if (kinds.length === 0) return t('map-event-sentence-plain', values)
  const threshold = kinds.map(kind => t(THRESHOLDS[kind])).join(t('list-separator'))
  return t('map-event-sentence', { ...values, strong: figuresOf(page).strong, threshold })
}

function Maps({ page }: { page: Situation }) {
  const words = useWords()
  const { t, locale } = words
  const figures = figuresOf(page)
  const cut = page.links.filter(link => link.status !== 'open').length
  const event = eventSentence(page, words)
  const region = t('map-region-sentence', {
    links: page.links.length,
    cut,
    mass: mass(figures.heaviest_kg, locale, t),
  })
  return (
    <section className="panel" aria-labelledby="maps">
      <h2 id="maps">{t('maps')}</h2>
      <div className="maps">
        <div>
          <h3>{t('map-event')}</h3>
          <SituationMap page={page} view="event" sentence={event} />
        </div>
        <div>
          <h3>{t('map-region')}</h3>
          <SituationMap page={page} view="region" sentence={region} />
        </div>
      </div>
      <Legend page={page} />
      {page.event ? <OutlineTable event={page.event} /> : null}
    </section>
  )
}
