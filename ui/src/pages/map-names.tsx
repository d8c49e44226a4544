import type { MapPage } from '../api/client'
import { Clause } from '../parts/clause'
import type { Captions } from '../words/words'

/** What the lists of a map name by id, in the reader's language. */
export interface Names {
  party: (id: string) => string
  title: (agreement: string) => string
  pairs: (pairs: MapPage['unbound'], between: string, separator: string) => string
}

type Pick = (captions: Captions) => string

export function namesOf(map: MapPage, pick: Pick): Names {
  const parties = new Map(map.names.map(({ id, names }) => [id, pick(names)]))
  const titles = new Map(map.titles.map(({ id, title }) => [id, pick(title)]))
  const party = (id: string) => parties.get(id) ?? id
  return {
    party,
    title: agreement => titles.get(agreement) ?? agreement,
    pairs: (pairs, between, separator) =>
      pairs.map(({ one, other }) => `${party(one)} ${between} ${party(other)}`).join(separator),
  }
}

interface CitesProps {
  map: MapPage
  cites: readonly { agreement: string; clause: string }[]
}

/** Clauses of the map, each a link to where it stands. */
export function Cites({ map, cites }: CitesProps) {
  const known = cites.flatMap(cite => {
    const line = map.clauses.find(
      ({ agreement, clause }) => agreement === cite.agreement && clause === cite.clause,
    )
    return line === undefined ? [] : [line]
  })
  return (
    <span className="cites">
      {known.map(line => (
        <Clause key={`${line.agreement}/${line.clause}`} clause={line} />
      ))}
    </span>
  )
}
