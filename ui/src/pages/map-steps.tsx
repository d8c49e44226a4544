import type { MapPage, RelationLine } from '../api/client'
import { Mark, type Meaning } from '../parts/mark'
import { Empty } from '../parts/notice'
import { useWords } from '../words/words'
import { Cites, namesOf } from './map-names'

const STATES: Readonly<Record<string, Meaning>> = {
  in_force: 'done',
  coming: 'waiting',
  missing: 'unknown',
}

/** Which steps two parties have taken, from the least to the most sensitive, and which is next. */
export function Steps({ map }: { map: MapPage }) {
  const { t, pick } = useWords()
  return (
    <section className="panel" aria-labelledby="steps">
      <h2 id="steps">{t('map-steps')}</h2>
      <p className="note">{t('map-steps-note')}</p>
      {map.relations.length === 0 ? (
        <Empty title={t('map-steps-none')} next={t('map-steps-none-next')} />
      ) : null}
      {map.relations.map(relation => (
        <Relation
          key={relation.pairs.map(({ one, other }) => `${one}-${other}`).join()}
          map={map}
          relation={relation}
        />
      ))}
      <details>
        <summary>{t('map-why')}</summary>
        <dl>
          {map.steps.map(step => (
            <div key={step.id}>
              <dt>{pick(step.names)}</dt>
              <dd>
                {pick(step.why)} <span className="order-where">{step.source}</span>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}

function Relation({ map, relation }: { map: MapPage; relation: RelationLine }) {
  const { t, term, pick } = useWords()
  const names = namesOf(map, pick)
  const stepOf = (id: string) => {
    const step = map.steps.find(step => step.id === id)
    return step === undefined ? id : pick(step.names)
  }
  return (
    <article className="relation">
      <h3>{names.pairs(relation.pairs, '–', t('list-separator'))}</h3>
      <p>{pick(relation.words)}</p>
      <ol className="rungs">
        {relation.rungs.map(rung => (
          <li key={rung.step} className={rung.step === relation.next ? 'rung pointed' : 'rung'}>
            <span>{stepOf(rung.step)}</span>{' '}
            <Mark meaning={STATES[rung.state] ?? 'unknown'}>{term('map-state', rung.state.replaceAll('_', '-'))}</Mark>{' '}
            {rung.step === relation.next ? <strong>{t('map-next')}</strong> : null}
            <Cites map={map} cites={rung.clauses} />
          </li>
        ))}
      </ol>
    </article>
  )
}
