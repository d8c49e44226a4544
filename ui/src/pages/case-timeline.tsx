import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { ActLine } from '../api/client'
import { Clause } from '../parts/clause'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { usePrinting } from '../parts/printing'
import { Tag } from '../parts/tag'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { Personal } from './case-personal'

const ACTS_SHOWN = 20

/** Every act in causal order, the latest at first. */
export function Timeline({ acts, status }: { acts: readonly ActLine[]; status: string }) {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  const printing = usePrinting()
  const hidden = acts.length - ACTS_SHOWN
  const shown = all || printing ? acts : acts.slice(-ACTS_SHOWN)
  return (
    <section className="panel" aria-labelledby="timeline">
      <h2 id="timeline">
        {t('timeline')} <span className="count">{acts.length}</span>
      </h2>
      <p className="note">{t('timeline-note')}</p>
      {hidden > 0 ? (
        <Button className="button button-quiet" onPress={() => setAll(!all)}>
          {all ? t('show-latest') : t('show-earlier', { count: hidden })}
        </Button>
      ) : null}
      {acts.length === 0 ? (
        <Empty title={t('timeline-empty')} next={t('timeline-empty-next')} />
      ) : (
        <ol className="timeline">
          {shown.map(act => (
            <Act key={act.id} act={act} status={status} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Act({ act, status }: { act: ActLine; status: string }) {
  const { t, pick } = useWords()
  return (
    <li className={act.refused ? 'act act-refused' : 'act'}>
      <p className="act-when">
        <When at={act.time} all />
      </p>
      <p className="act-what">
        <strong>{pick(act.kind_names)}</strong> <Party party={act.party} />
        <span className="act-summary">{pick(act.summary)}</span>
      </p>
      <p className="act-proof">
        {act.refused ? (
          <Mark meaning="stopped">{t('act-refused')}</Mark>
        ) : (
          <Mark meaning="done">{t('act-verified')}</Mark>
        )}
        <Tag id={act.id} />
        {act.officers.length === 0 ? null : (
          <span className="act-officers">
            {t('signed-by', { officers: act.officers.join(t('list-separator')) })}
          </span>
        )}
        {act.clause ? <Clause clause={act.clause} /> : null}
      </p>
      {act.personal == null ? null : (
        <Personal act={act} personal={act.personal} status={status} />
      )}
    </li>
  )
}
