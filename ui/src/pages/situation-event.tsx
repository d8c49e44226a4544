import type { ReactNode } from 'react'
import type { EventLine, MapPoint, MessageLine, OutlineLine, SituationPage } from '../api/client'
import { languageName, number } from '../format'
import { isCyclone } from '../map/centre'
import { type Outlined, outlined } from '../map/outline'
import { Fingerprint } from '../parts/fingerprint'
import { Foreign } from '../parts/foreign'
import { Listed } from '../parts/listed'
import { Mark, type Meaning } from '../parts/mark'
import { Empty, Notice } from '../parts/notice'
import { type Column, Table } from '../parts/table'
import { When } from '../parts/when'
import { useWords, type Words } from '../words/words'

/** What the event is, as its latest message says it. */
export function Heading({ page }: { page: SituationPage }) {
  const { t, pick } = useWords()
  return (
    <div className="heading">
      <h1>{page.case ? pick(page.case.title) : t('page-situation')}</h1>
      <p className="as-of">
        {t('as-of')} <When at={page.as_of} all />
      </p>
      {page.event ? <Event event={page.event} asOf={page.as_of} /> : null}
    </div>
  )
}

function Event({ event, asOf }: { event: EventLine; asOf: string }) {
  const { t, term } = useWords()
  const cancelled = event.kind === 'cancel'
  const over = event.until != null && Date.parse(event.until) < Date.parse(asOf)
  return (
    <>
      {cancelled ? (
        <Notice kind="failure" title={t('event-cancelled')}>
          <p>{t('event-cancelled-next', { source: event.source })}</p>
        </Notice>
      ) : null}
      <p className={cancelled ? 'hazards hazards-cancelled' : 'hazards'}>
        {event.hazards.map(hazard => (
          <span key={hazard} className="hazard">
            {term('hazard', hazard)}
          </span>
        ))}
        <Kind kind={event.kind} />
      </p>
      {event.headline === '' ? null : <Foreign text={event.headline} lang={event.headline_lang} />}
      <Facts event={event} over={over} />
    </>
  )
}

function Facts({ event, over }: { event: EventLine; over: boolean }) {
  const { t } = useWords()
  return (
    <dl className="facts">
      <Fact name={t('event-origin')}>
        <When at={event.origin} all />
      </Fact>
      {event.until ? (
        <Fact name={t('event-until')}>
          <When at={event.until} all /> {over ? <Mark meaning="stopped">{t('event-over')}</Mark> : null}
        </Fact>
      ) : null}
      {event.magnitude ? <Fact name={t('event-magnitude')}>{event.magnitude}</Fact> : null}
      {event.depth_km == null ? null : (
        <Fact name={t('event-depth')}>{t('kilometres', { count: event.depth_km })}</Fact>
      )}
      {event.epicentre ? (
        <Fact name={t(isCyclone(event) ? 'map-eye' : 'map-epicentre')}>{pointWords(event.epicentre, t)}</Fact>
      ) : null}
      <Fact name={t('event-source')}>
        {event.source} <code>{event.message}</code>
      </Fact>
      <Fact name={t('event-messages')}>{event.messages.length}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const KINDS: Readonly<Record<string, Meaning>> = { alert: 'moving', update: 'moving', cancel: 'stopped' }

/** What a message does to those before it. */
function Kind({ kind }: { kind: string }) {
  const { term } = useWords()
  return <Mark meaning={KINDS[kind] ?? 'unknown'}>{term('message', kind)}</Mark>
}

/** The messages as they were received, newest first, with the digest of their bytes. */
export function MessageTable({ messages }: { messages: readonly MessageLine[] }) {
  const { t, term, locale } = useWords()
  const columns: Column<MessageLine>[] = [
    { id: 'sent', title: t('message-sent'), cell: line => <When at={line.sent} all /> },
    { id: 'message', title: t('message'), cell: line => <code>{line.message}</code>, heads: true },
    {
      id: 'hazards',
      title: t('message-hazards'),
      cell: ({ hazards }) => (
        <span className="said">{hazards.map(hazard => term('hazard', hazard)).join(t('list-separator'))}</span>
      ),
    },
    { id: 'kind', title: t('message-kind'), cell: line => <Kind kind={line.kind} />, short: true },
    {
      id: 'headline',
      title: t('headline'),
      cell: line =>
        line.headline === '' ? (
          t('none')
        ) : (
          <>
            <span lang={line.headline_lang || undefined}>{line.headline}</span>
            {line.headline_lang === '' ? null : (
              <span className="range">{languageName(line.headline_lang, locale)}</span>
            )}
          </>
        ),
    },
    { id: 'document', title: t('message-digest'), cell: line => <Fingerprint digest={line.document} /> },
  ]
  return (
    <Listed
      id="messages"
      title={t('messages')}
      rows={[...messages].reverse()}
      empty={<Empty title={t('messages-empty')} next={t('messages-empty-next')} />}
    >
      {rows => (
        <Table
          caption={t('messages')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={(line, position) => `${line.message}/${position}`}
        />
      )}
    </Listed>
  )
}

/** The outlines on the map in words; nothing where no message outlines anything. */
export function OutlineTable({ event }: { event: EventLine }) {
  const { t } = useWords()
  const rows = outlined(event)
  if (rows.length === 0) return null
  const columns: Column<Outlined>[] = [
    { id: 'what', title: t('outline'), cell: drawn => outlineWords(drawn, t), heads: true },
    {
      id: 'at',
      title: t('time'),
      cell: drawn => (drawn.at === null ? t('none') : <When at={drawn.at} all />),
    },
    { id: 'where', title: t('outline-where'), cell: ({ line }) => <Where line={line} /> },
  ]
  return (
    <details className="outlines">
      <summary>{t('outlines', { count: rows.length })}</summary>
      <Table caption={t('outlines-title')} columns={columns} rows={rows} rowKey={(_, position) => position} />
    </details>
  )
}

function outlineWords({ kind, wind, ahead }: Outlined, t: Words['t']): string {
  if (kind === 'area') return t('outline-area')
  if (kind === 'circle') return t('outline-circle')
  const speed = wind ?? 0
  return ahead ? t('outline-wind-ahead-of', { speed }) : t('outline-wind-of', { speed })
}

/** A circle by its centre and radius, an area by its extent. */
function Where({ line }: { line: OutlineLine }) {
  const { t, locale } = useWords()
  if (line.centre) {
    const radius = number(Math.round((line.radius_m ?? 0) / 100) / 10, locale)
    return <>{t('outline-circle-at', { point: pointWords(line.centre, t), radius })}</>
  }
  const edge = (pick: (point: MapPoint) => number, of: (...values: number[]) => number) =>
    of(...line.ring.map(pick))
  const lat = (point: MapPoint) => point.lat_micro
  const lon = (point: MapPoint) => point.lon_micro
  const corner = (of: (...values: number[]) => number) =>
    pointWords({ lat_micro: edge(lat, of), lon_micro: edge(lon, of) }, t)
  return <>{t('outline-between', { from: corner(Math.min), to: corner(Math.max) })}</>
}

/** A point in degrees; the region lies north of the equator and east of Greenwich. */
function pointWords({ lat_micro, lon_micro }: MapPoint, t: Words['t']): string {
  const side = (value: number, plus: string, minus: string) =>
    t(value < 0 ? minus : plus, { degrees: (Math.abs(value) / 1e6).toFixed(2) })
  return `${side(lat_micro, 'degrees-north', 'degrees-south')} ${side(lon_micro, 'degrees-east', 'degrees-west')}`
}
