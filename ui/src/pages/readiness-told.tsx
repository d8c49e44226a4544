import type { Interval } from '../api/client'
import { number, percent } from '../format'
import { useWords } from '../words/words'

interface ToldProps {
  of: Interval
  /** Writes one figure in the reader's locale. */
  as: (figure: number, locale: string) => string
}

/** A figure with the ends of its interval below; the figure alone where they read no different. */
export function Told({ of, as }: ToldProps) {
  const { t, locale } = useWords()
  const [low, value, high] = [of.low, of.value, of.high].map(figure => as(figure, locale))
  return (
    <>
      {value}
      {low === high ? null : <span className="range">{t('range', { low: low ?? '', high: high ?? '' })}</span>}
    </>
  )
}

/** A share in millionths with its interval. */
export function ToldShare({ of }: { of: Interval }) {
  return <Told of={of} as={percent} />
}

/** Person-days, or any count, with its interval. */
export function ToldCount({ of }: { of: Interval }) {
  return <Told of={of} as={number} />
}

interface HoursProps {
  hours: number | null | undefined
  /** Hours that a plan covers. */
  horizon: number
}

/** Hours from the start of the plan; a word where it is not within the time planned for. */
export function Hours({ hours, horizon }: HoursProps) {
  const { t, locale } = useWords()
  return hours == null
    ? t('readiness-beyond', { hours: number(horizon, locale) })
    : t('readiness-hours', { hours: number(hours, locale) })
}
