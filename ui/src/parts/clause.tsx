import type { ClauseLine } from '../api/client'
import { useWords } from '../words/words'
import { To } from './to'

/** Cites a clause and leads to it; with `words` also says what it says. */
export function Clause({ clause, words = false }: { clause: ClauseLine; words?: boolean }) {
  const { pick } = useWords()
  return (
    <span className="clause">
      <To route={{ page: 'agreement', id: clause.agreement, clause: clause.clause }}>
        <span className="clause-agreement">{clause.agreement}</span> {pick(clause.article)}
      </To>
      {words ? <span className="clause-words">{pick(clause.caption)}</span> : null}
    </span>
  )
}

/** Cites several clauses, one below the other. */
export function Clauses({ clauses }: { clauses: readonly ClauseLine[] }) {
  return (
    <ul className="plain-list">
      {clauses.map((clause, position) => (
        <li key={`${clause.agreement}/${clause.clause}/${position}`}>
          <Clause clause={clause} words />
        </li>
      ))}
    </ul>
  )
}
