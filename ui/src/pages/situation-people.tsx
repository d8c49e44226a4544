import type { ReactNode } from 'react'
import type { PeopleTotal, Spread } from '../api/client'
import { number } from '../format'
import { RangeBar } from '../parts/range-bar'
import { useWords } from '../words/words'

/** People over all places: each figure with its range, drawn and in words. */
export function People({ people }: { people: PeopleTotal }) {
  const { t, locale } = useWords()
  const { residents, evacuated, displaced, without_water, deaths, factors } = people
  return (
    <section className="panel" aria-labelledby="people">
      <h2 id="people">{t('people')}</h2>
      <ul className="people">
        <Told title={t('residents')} meaning={t('residents-meaning')} value={number(residents, locale)} />
        <Ranging title={t('people-evacuated')} meaning={t('people-evacuated-meaning')} spread={evacuated} />
        <Ranging title={t('people-displaced')} meaning={t('people-displaced-meaning')} spread={displaced} />
        <Ranging title={t('without-water')} meaning={t('without-water-meaning')} spread={without_water} />
        {deaths ? (
          <Ranging title={t('deaths')} meaning={t('deaths-meaning')} spread={deaths} />
        ) : (
          <Told title={t('deaths')} meaning={t('deaths-untold')} value={t('none')} />
        )}
      </ul>
      <p className="note">
        {t('people-note')} {factors ? t('factors-version', { version: factors }) : null}
      </p>
    </section>
  )
}

interface ToldProps {
  title: string
  /** What the figure means, in one sentence. */
  meaning: string
  value: string
  children?: ReactNode
}

function Told({ title, meaning, value, children }: ToldProps) {
  return (
    <li className="people-figure">
      <h3>{title}</h3>
      <p className="people-value">{value}</p>
      {children}
      <p className="people-meaning">{meaning}</p>
    </li>
  )
}

function Ranging({ title, meaning, spread }: { title: string; meaning: string; spread: Spread }) {
  const { t, locale } = useWords()
  const value = number(spread.central, locale)
  if (spread.low === spread.high) return <Told title={title} meaning={meaning} value={value} />
  return (
    <Told title={title} meaning={meaning} value={value}>
      <div>
        <RangeBar spread={spread} />
        <p className="people-range">
          {t('between', { low: number(spread.low, locale), high: number(spread.high, locale) })}
        </p>
      </div>
    </Told>
  )
}
