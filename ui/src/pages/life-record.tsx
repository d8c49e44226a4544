import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { LifeEvent, LifeLine } from '../api/client'
import { number } from '../format'
import { Clause, Clauses } from '../parts/clause'
import { Mark } from '../parts/mark'
import { Party } from '../parts/party'
import { usePrinting } from '../parts/printing'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { When } from '../parts/when'
import { useWords } from '../words/words'

type SurvivalLine = LifeLine['survives'][number]

/** The clauses that go on binding after the end; nothing when none do. */
export function Survival({ survives }: { survives: readonly SurvivalLine[] }) {
  const { t, pick } = useWords()
  const columns: Column<SurvivalLine>[] = [
    { id: 'clauses', title: t('survival-clauses'), cell: line => <Clauses clauses={line.clauses} />, heads: true },
    { id: 'lasts', title: t('survival-lasts'), cell: line => (line.lasts == null ? t('survival-open') : pick(line.lasts)) },
    { id: 'by', title: t('survival-by'), cell: line => <Clause clause={line.by} words /> },
  ]
  if (survives.length === 0) return null
  return (
    <section className="panel" aria-labelledby="survival">
      <h2 id="survival">{t('survival')}</h2>
      <p className="note">{t('survival-note')}</p>
      <Table
        caption={t('survival')}
        quiet
        columns={columns}
        rows={survives}
        rowKey={line => line.by.clause}
      />
    </section>
  )
}

const EVENTS_SHOWN = 20

/** What was said in the matter, oldest first; refusals among it. */
export function Events({ events }: { events: readonly LifeEvent[] }) {
  const { t, locale } = useWords()
  const [all, setAll] = useState(false)
  const printing = usePrinting()
  const hidden = events.length - EVENTS_SHOWN
  const shown = all || printing ? events : events.slice(-EVENTS_SHOWN)
  return (
    <section className="panel" aria-labelledby="life-events">
      <h2 id="life-events">
        {t('life-events')} <span className="count">{number(events.length, locale)}</span>
      </h2>
      {hidden > 0 ? (
        <Button className="button button-quiet" onPress={() => setAll(!all)}>
          {all ? t('show-latest') : t('show-earlier', { count: hidden })}
        </Button>
      ) : null}
      <ol className="timeline">
        {shown.map(event => (
          <Event key={event.act} event={event} />
        ))}
      </ol>
    </section>
  )
}

function Event({ event }: { event: LifeEvent }) {
  const { t, pick } = useWords()
  const refused = event.refused ?? null
  return (
    <li className={refused === null ? 'act' : 'act act-refused'}>
      <p className="act-when">
        <When at={event.time} all />
      </p>
      <p className="act-what">
        <strong>{pick(event.name)}</strong> <Party party={event.party} />
        <span className="act-summary">{pick(event.words)}</span>
      </p>
      <p className="act-proof">
        {refused === null ? (
          <Tag id={event.act} />
        ) : (
          <>
            <Mark meaning="stopped">{t('event-refused')}</Mark>
            <Tag id={event.act} />
            <span>{pick(refused)}</span>
          </>
        )}
      </p>
    </li>
  )
}
