import { civilDate, clocks } from '../format'
import { useWords } from '../words/words'

interface WhenProps {
  at: string
  /** Shows the neighbours' clocks as well. */
  all?: boolean
  /** Leaves the date out. */
  timeOnly?: boolean
}

/** An instant on the reader's clock; with `all` on the neighbours' clocks too. */
export function When({ at, all = false, timeOnly = false }: WhenProps) {
  const { lang, locale } = useWords()
  const read = clocks(at, lang, locale)
  if (read === null) return <span>{at}</span>
  const { date, own, others } = read
  return (
    <time dateTime={at} className="when" title={`${date} ${own} · ${others}`}>
      {timeOnly ? null : <span className="when-date">{date} </span>}
      <span className="when-own">{own}</span>
      {all ? <span className="when-others"> · {others}</span> : null}
    </time>
  )
}

/** A civil date. */
export function Day({ date }: { date: string }) {
  const { locale } = useWords()
  return <time dateTime={date}>{civilDate(date, locale)}</time>
}
