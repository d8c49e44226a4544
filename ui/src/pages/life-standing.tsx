import type { ReactNode } from 'react'
import type { LifeLine, StandingLine } from '../api/client'
import { Mark } from '../parts/mark'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { Day } from '../parts/when'
import { useWords } from '../words/words'
import { DaysLeft } from './days-left'
import { meaningOf, meaningOfForce } from './standing'

/** How an agreement stands today, who is awaited, and which days to watch. */
export function Standing({ life }: { life: LifeLine }) {
  const { t, pick } = useWords()
  const { standing } = life
  return (
    <section className="panel" aria-labelledby="standing">
      <h2 id="standing">{t('standing')}</h2>
      <p className="standing-words">
        <Mark meaning={meaningOf(standing.code)}>{pick(standing.words)}</Mark>
      </p>
      <Facts life={life} />
      <Readings standing={standing} />
      <Dates dates={life.dates} />
    </section>
  )
}

function Facts({ life }: { life: LifeLine }) {
  const { t, term } = useWords()
  const { standing } = life
  const facts: readonly [string, string, ReactNode][] = [
    ['on', t('standing-on'), <Day key="on" date={standing.on} />],
    ['since', t('standing-since'), standing.since == null ? t('not-yet') : <Day key="since" date={standing.since} />],
    ['ends', t('standing-ends'), standing.ends == null ? t('standing-ends-open') : <Day key="ends" date={standing.ends} />],
    [
      'force',
      // Of a life in an exercise it says what an exercise may rest on, and nothing of the actual.
      t(life.status === 'actual' ? 'force' : 'force-rehearsed'),
      <Mark key="force" meaning={meaningOfForce(standing.force)}>
        {term('force', standing.force)}
      </Mark>,
    ],
    ['waits', t('waits-for'), <PartyList key="waits" parties={standing.waits_for} />],
    ['audience', t('audience-of-life'), <PartyList key="audience" parties={life.audience} />],
    ['matter', t('matter'), <Tag key="matter" id={life.matter} />],
  ]
  return (
    <dl className="facts">
      {facts.map(([id, name, value]) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Parties, one after the other. */
export function PartyList({ parties }: { parties: LifeLine['audience'] }) {
  const { t } = useWords()
  if (parties.length === 0) return <>{t('nobody')}</>
  return (
    <ul className="inline-list">
      {parties.map(party => (
        <li key={party.id}>
          <Party party={party} />
        </li>
      ))}
    </ul>
  )
}

/** The ways in which an agreement is read, side by side and of equal weight. */
function Readings({ standing }: { standing: StandingLine }) {
  const { t, pick } = useWords()
  if (standing.readings.length === 0) return null
  return (
    <section aria-labelledby="readings">
      <h3 id="readings">{t('readings')}</h3>
      <p className="note">{t('readings-note')}</p>
      <ul className="readings">
        {standing.readings.map((reading, position) => (
          <li key={`${position}/${reading.words.en}`} className="reading">
            <p>{pick(reading.words)}</p>
            <p>
              <span className="field-label">{t('reading-ends')}</span>{' '}
              {reading.ends == null ? t('reading-ends-open') : <Day date={reading.ends} />}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

type DateLine = LifeLine['dates'][number]

function Dates({ dates }: { dates: readonly DateLine[] }) {
  const { t, pick } = useWords()
  const columns: Column<DateLine>[] = [
    { id: 'what', title: t('date-what'), cell: line => pick(line.words), heads: true },
    { id: 'day', title: t('date-day'), cell: line => <Day date={line.date} />, short: true },
    { id: 'left', title: t('date-left'), cell: line => <DaysLeft days={line.in_days} />, short: true },
  ]
  if (dates.length === 0) return <p className="note">{t('dates-empty')}</p>
  return (
    <Table
      caption={t('dates')}
      columns={columns}
      rows={dates}
      rowKey={line => `${line.code}/${line.date}`}
    />
  )
}
