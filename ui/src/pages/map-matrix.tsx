import type { MapCellLine, MapPage } from '../api/client'
import { Mark, type Meaning } from '../parts/mark'
import { Empty } from '../parts/notice'
import { type Column, Table } from '../parts/table'
import { useWords } from '../words/words'
import { Cites, namesOf } from './map-names'

type Row = MapPage['rows'][number]

const ANSWERS: Readonly<Record<string, Meaning>> = {
  unasked: 'done',
  on_request: 'done',
  shared: 'done',
  transit: 'moving',
  talk: 'moving',
  consent: 'waiting',
  forbidden: 'stopped',
  nothing: 'unknown',
}

/** Who may do what with whom: pairs of parties by groups of goods and services. */
export function Matrix({ map }: { map: MapPage }) {
  const { t, pick } = useWords()
  const names = namesOf(map, pick)
  const abroad = map.rows.filter(row => !row.domestic)
  const domestic = map.rows.filter(row => row.domestic)
  return (
    <section className="panel" aria-labelledby="matrix">
      <h2 id="matrix">{t('map-matrix')}</h2>
      <p className="note">{t('map-matrix-note')}</p>
      {map.rows.length === 0 ? (
        <Empty title={t('map-matrix-none')} next={t('map-matrix-none-next')} />
      ) : null}
      {abroad.length === 0 ? null : <Grid map={map} rows={abroad} caption={t('map-across')} />}
      {domestic.length === 0 ? null : <Grid map={map} rows={domestic} caption={t('map-within')} />}
      {map.unbound.length === 0 ? null : (
        <p>
          {t('map-unbound', { list: names.pairs(map.unbound, '–', t('list-separator')) })}
        </p>
      )}
    </section>
  )
}

const PAIRS_SHOWN = 3

function Grid({ map, rows, caption }: { map: MapPage; rows: readonly Row[]; caption: string }) {
  const { t, pick } = useWords()
  const names = namesOf(map, pick)
  const pairs = (row: Row) => {
    const list = names.pairs(row.pairs.slice(0, PAIRS_SHOWN), '→', t('list-separator'))
    const others = row.pairs.length - PAIRS_SHOWN
    if (others <= 0) return list
    return (
      <details>
        <summary>{t('and-others', { list, count: others })}</summary>
        {names.pairs(row.pairs.slice(PAIRS_SHOWN), '→', t('list-separator'))}
      </details>
    )
  }
  const spoken = map.groups.filter(group =>
    rows.some(row => row.cells.some(cell => cell.group === group.id && cell.acts.length > 0)),
  )
  const columns: Column<Row>[] = [
    { id: 'pairs', title: t('map-pairs'), cell: pairs, heads: true },
    ...spoken.map(group => ({
      id: group.id,
      title: pick(group.names),
      cell: (row: Row) => {
        const cell = row.cells.find(cell => cell.group === group.id)
        return cell === undefined ? null : <Cell map={map} cell={cell} />
      },
    })),
  ]
  return (
    <Table
      caption={caption}
      columns={columns}
      rows={rows}
      rowKey={row => row.pairs.map(({ one, other }) => `${one}>${other}`).join()}
    />
  )
}

/** What may be done with one group: in a word, and on demand act by act with its clauses. */
function Cell({ map, cell }: { map: MapPage; cell: MapCellLine }) {
  const { t, term, pick } = useWords()
  const word = term('map-answer', cell.answer.replaceAll('_', '-'))
  const group = map.groups.find(group => group.id === cell.group)
  const categoryOf = (id: string) => {
    const category = group?.categories.find(category => category.id === id)
    return category === undefined ? id : pick(category.names)
  }
  return (
    <span className="allowed">
      <Mark meaning={ANSWERS[cell.answer] ?? 'unknown'}>
        {cell.whole ? word : t('map-in-part', { answer: word })}
      </Mark>
      {cell.coming == null ? null : (
        <span className="drafted">
          {t('map-drafted', { answer: term('map-answer', cell.coming.replaceAll('_', '-')) })}
        </span>
      )}
      {cell.acts.length === 0 ? null : (
        <details>
          <summary>{t('map-acts')}</summary>
          <ul className="plain-list">
            {cell.acts.map(act => (
              <li key={act.action}>
                {t('map-act', {
                  action: term('action', act.action),
                  level: term('map-level', act.answer),
                  categories: act.categories.map(categoryOf).join(t('list-separator')),
                })}{' '}
                {act.named_only ? <span className="note">{t('map-named-only')} </span> : null}
                <Cites map={map} cites={act.clauses} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </span>
  )
}
