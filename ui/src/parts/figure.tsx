import { type ReactNode, useId } from 'react'
import { useWords } from '../words/words'

interface FigureProps {
  title: string
  /** One sentence that says what the picture shows, figures included. */
  sentence: string
  picture: ReactNode
  /** The same figures as a table. */
  table: ReactNode
  note?: ReactNode
}

/** A picture with its sentence and its figures as a table: nothing is said by picture alone. */
export function Figure({ title, sentence, picture, table, note }: FigureProps) {
  const { t } = useWords()
  const id = useId()
  return (
    <figure className="figure" aria-labelledby={`${id}-title`}>
      <figcaption>
        <h3 id={`${id}-title`}>{title}</h3>
        <p id={`${id}-sentence`}>{sentence}</p>
      </figcaption>
      <div
        className="figure-picture"
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-sentence`}
      >
        {picture}
      </div>
      {note}
      <details className="figure-table">
        <summary>{t('figure-as-table')}</summary>
        {table}
      </details>
    </figure>
  )
}
