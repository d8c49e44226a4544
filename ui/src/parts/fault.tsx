import { Button } from 'react-aria-components'
import { Fault } from '../api/client'
import { useWords } from '../words/words'
import { Clauses } from './clause'
import { Notice } from './notice'

interface FaultNoticeProps {
  fault: unknown
  /** Asks again; left out where the form itself is sent again. */
  again?: () => void
}

/** Names the side that failed, what the node said about it, and what to do. */
export function FaultNotice({ fault, again }: FaultNoticeProps) {
  const { t, pick } = useWords()
  const side = fault instanceof Fault ? fault.side : 'ours'
  const problem = fault instanceof Fault ? fault.problem : undefined
  return (
    <Notice kind="failure" title={t(`fault-${side}`)} urgent>
      {problem === undefined ? null : <p>{pick(problem.words)}</p>}
      {problem === undefined || problem.clauses.length === 0 ? null : (
        <Clauses clauses={problem.clauses} />
      )}
      <p>{problem?.help ? pick(problem.help) : t(`fault-${side}-help`)}</p>
      {again === undefined ? null : (
        <Button className="button" onPress={again}>
          {t('try-again')}
        </Button>
      )}
    </Notice>
  )
}
