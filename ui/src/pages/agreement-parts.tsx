import { useQuery } from '@tanstack/react-query'
import type { AgreementLine, StandingLine } from '../api/client'
import { lifeQuery } from '../api/queries'
import { Mark } from '../parts/mark'
import { To } from '../parts/to'
import { useWords } from '../words/words'
import { DaysLeft } from './days-left'
import { meaningOf } from './standing'

/** The two parts of an agreement's page: its text and its life. */
export function AgreementParts({ id, open }: { id: string; open: 'text' | 'life' }) {
  const { t } = useWords()
  return (
    <nav className="subpages" aria-label={t('agreement-parts')}>
      <ul>
        <li>
          <To route={{ page: 'agreement', id }} current={open === 'text'}>
            {t('part-text')}
          </To>
        </li>
        <li>
          <To route={{ page: 'life', id }} current={open === 'life'}>
            {t('part-life')}
          </To>
        </li>
      </ul>
    </nav>
  )
}

/** How an agreement stands: for something actual, and in each exercise it has a life in. */
export function StandingBrief({ agreement }: { agreement: AgreementLine }) {
  const { t, term } = useWords()
  const { id, standing, next } = agreement
  const lives = useQuery(lifeQuery(id)).data?.lives ?? []
  const rehearsed = lives.filter(({ status }) => status !== 'actual')
  return (
    <section className="panel" aria-labelledby="standing">
      <h2 id="standing">{t('standing')}</h2>
      <ul className="plain-list">
        <li>
          <StandingLink id={id} standing={standing} next={next} />
        </li>
        {rehearsed.map(({ matter, status, standing: played, dates }) => (
          <li key={matter}>
            <em className="exercise-note">{term('status', status)}</em>{' '}
            <StandingLink
              id={id}
              matter={matter}
              standing={played}
              next={dates.find(({ in_days }) => in_days >= 0)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface StandingLinkProps {
  id: string
  matter?: string
  standing: StandingLine
  next: AgreementLine['next'] | undefined
}

/** A standing in words and the next day to watch, leading to the life. */
export function StandingLink({ id, matter, standing, next }: StandingLinkProps) {
  const { pick } = useWords()
  return (
    <>
      <To route={{ page: 'life', id, matter }}>
        <Mark meaning={meaningOf(standing.code)}>{pick(standing.words)}</Mark>
      </To>
      {next == null ? null : (
        <span className="order-where">
          {pick(next.words)} (<DaysLeft days={next.in_days} />)
        </span>
      )}
    </>
  )
}
