import type { PartyName } from '../api/client'
import { useWords } from '../words/words'

/** A party by its name, with its id for telephone and paper. */
export function Party({ party, id = false }: { party: PartyName; id?: boolean }) {
  const { pick } = useWords()
  return (
    <span className="party">
      {pick(party.names)}
      {id ? <code className="party-id"> {party.id}</code> : null}
    </span>
  )
}
