import type { GapLine, MapPage } from '../api/client'
import { Empty } from '../parts/notice'
import { To } from '../parts/to'
import type { AskStart } from '../route'
import { useWords } from '../words/words'
import { Cites } from './map-names'

/** What nobody can send to whom, what comes near, and which step would bring it. */
export function Gaps({ map }: { map: MapPage }) {
  const { t } = useWords()
  return (
    <section className="panel" aria-labelledby="gaps">
      <h2 id="gaps">
        {t('map-gaps')} <span className="count">{map.gaps.length}</span>
      </h2>
      <p className="note">{t('map-gaps-note', { hours: map.first_hours })}</p>
      {map.gaps.length === 0 ? (
        <Empty title={t('map-gaps-none')} next={t('map-gaps-none-next')} />
      ) : (
        <ul className="gaps">
          {map.gaps.map(gap => (
            <Gap key={`${gap.receiver}/${gap.group}/${gap.lack}`} map={map} gap={gap} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Gap({ map, gap }: { map: MapPage; gap: GapLine }) {
  const { t, pick } = useWords()
  const step = map.steps.find(step => step.id === gap.step)
  return (
    <li className={`gap gap-${gap.lack}`}>
      <p className="gap-words">{pick(gap.words)}</p>
      {gap.near.length === 0 ? (
        <p className="note">{t('map-near-none')}</p>
      ) : (
        <ul>
          {gap.near.map((near, position) => (
            <li key={`${near.near}/${position}`}>
              {pick(near.words)} <Cites map={map} cites={near.clauses} />
            </li>
          ))}
        </ul>
      )}
      <p className="gap-next">
        {step === undefined ? null : <span>{t('map-gap-step', { step: pick(step.names) })}</span>}
        {gap.commodity == null ? null : (
          <To route={{ page: 'agreements', ask: startOf(map, gap) }}>{t('map-ask')}</To>
        )}
      </p>
    </li>
  )
}

/** The question form, filled in with the gap. */
function startOf(map: MapPage, gap: GapLine): AskStart {
  const giver = gap.near[0]?.givers[0]
  return {
    ...(giver === undefined ? {} : { giver }),
    receiver: gap.receiver,
    action: gap.lack === 'if_unreachable' ? 'push' : 'order',
    ...(gap.commodity == null ? {} : { commodity: gap.commodity }),
    purpose: map.purpose,
  }
}
