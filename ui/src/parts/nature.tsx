import { useWords } from '../words/words'

/** Whether an agreement file holds the real text, a summary of one, or a draft of ours. */
export function Nature({ nature }: { nature: string }) {
  const { term } = useWords()
  return <span className={`nature nature-${nature}`}>{term('nature', nature)}</span>
}
