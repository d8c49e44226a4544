import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { useWords } from '../words/words'
import { usePrinting } from './printing'

const FIRST_ROWS = 12

interface ListedProps<Row> {
  id: string
  title: string
  rows: readonly Row[]
  empty: ReactNode
  children: (rows: readonly Row[]) => ReactNode
  /** How many rows are there at once. */
  first?: number
}

/** A panel with a list: the first rows at once, the rest on demand. */
export function Listed<Row>({ id, title, rows, empty, children, first = FIRST_ROWS }: ListedProps<Row>) {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  const printing = usePrinting()
  const hidden = rows.length - first
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="count">{rows.length}</span>
      </h2>
      {rows.length === 0 ? empty : children(all || printing ? rows : rows.slice(0, first))}
      {hidden > 0 ? (
        <Button className="button button-quiet" onPress={() => setAll(!all)}>
          {all ? t('show-fewer') : t('show-more', { count: hidden })}
        </Button>
      ) : null}
    </section>
  )
}
