import type { CaseLine } from '../api/client'
import { type Route, writeRoute } from '../route'
import { useWords } from '../words/words'
import { Choice } from './choice'

const OF_CASE: ReadonlySet<string> = new Set(['situation', 'plan', 'case', 'report'])

/** The same page about another case. */
function of({ page }: Route, id: string): Route {
  if (page === 'situation' || page === 'plan') return { page, case: id }
  return page === 'report' ? { page, id } : { page: 'case', id }
}

interface CaseChoiceProps {
  route: Route
  cases: readonly CaseLine[]
  caseId: string | undefined
}

/** Chooses the case on pages that show one; there is nothing to choose from a single case. */
export function CaseChoice({ route, cases, caseId }: CaseChoiceProps) {
  const { t, term, pick } = useWords()
  const { page } = route
  if (cases.length < 2 || !OF_CASE.has(page)) return null
  return (
    <Choice
      className="case-choice"
      label={t('case-choice')}
      options={cases.map(line => ({
        id: line.id,
        title:
          line.status === 'actual'
            ? pick(line.title)
            : t('case-choice-rehearsed', { title: pick(line.title), status: term('status', line.status) }),
      }))}
      value={caseId ?? null}
      onChange={id => {
        window.location.hash = writeRoute(of(route, id))
      }}
    />
  )
}
