import type { SituationLine } from '../api/client'
import { number } from '../format'
import { Foreign } from '../parts/foreign'
import { Listed } from '../parts/listed'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { When } from '../parts/when'
import { useWords } from '../words/words'

/** What parties counted and saw, newest first, in their own words. */
export function Reports({ situations }: { situations: readonly SituationLine[] }) {
  const { t } = useWords()
  return (
    <Listed
      id="situations"
      title={t('situations')}
      rows={situations}
      empty={<Empty title={t('situations-empty')} next={t('situations-empty-next')} />}
    >
      {rows => (
        <ul className="reports">
          {rows.map(line => (
            <Report key={line.act} line={line} />
          ))}
        </ul>
      )}
    </Listed>
  )
}

function Report({ line }: { line: SituationLine }) {
  const { t, pick } = useWords()
  const title = t('situation-of', { province: pick(line.province), party: pick(line.party.names) })
  return (
    <li className="situation-report">
      <h3>{title}</h3>
      <p className="note">
        <Party party={line.party} id /> · {t('as-of')} <When at={line.as_of} all /> · {t('source')}: {line.source}
      </p>
      {line.text === '' ? null : <Foreign text={line.text} lang={line.lang} />}
      {line.counts.length === 0 ? null : <Counts line={line} caption={title} />}
    </li>
  )
}

type Counted = SituationLine['counts'][number]

/** The counts of each place on one row. */
function Counts({ line, caption }: { line: SituationLine; caption: string }) {
  const { t, term, pick, locale } = useWords()
  const kinds = [...new Set(line.counts.map(({ what }) => what))]
  const places = new Map<string, Map<string, Counted>>()
  for (const count of line.counts) {
    const name = pick(count.place)
    places.set(name, (places.get(name) ?? new Map<string, Counted>()).set(count.what, count))
  }
  const columns: Column<readonly [string, Map<string, Counted>]>[] = [
    { id: 'place', title: t('place'), cell: ([name]) => name, heads: true },
    ...kinds.map(what => ({
      id: what,
      title: term('count', what),
      cell: ([, counts]: readonly [string, Map<string, Counted>]) => {
        const counted = counts.get(what)
        return counted === undefined ? t('none') : number(counted.count, locale)
      },
      numeric: true,
    })),
  ]
  return <Table caption={caption} quiet columns={columns} rows={[...places]} rowKey={([name]) => name} />
}
