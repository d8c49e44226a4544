import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Fault, type PlanPage as Plan } from '../api/client'
import { planQuery } from '../api/queries'
import { number } from '../format'
import { Answer } from '../parts/answer'
import { Choice } from '../parts/choice'
import { StatusBanner } from '../parts/exercise'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { To } from '../parts/to'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { Changes } from './plan-changes'
import { Flows } from './plan-flows'
import { Loads } from './plan-loads'
import { commodities, proofShares, share } from './plan-time'
import { Binds, Next, Unmet } from './plan-unmet'

/** What moves by when, what stays undone and why, and how good that is at most. */
export default function PlanPage({ id, fresh }: { id: string | undefined; fresh: boolean }) {
  const { t } = useWords()
  const query = useQuery(planQuery(id, fresh))
  if (query.data === undefined && query.error instanceof Fault && query.error.side === 'absent') {
    return <Empty title={t('plan-empty')} next={t('plan-empty-next')} />
  }
  return <Answer query={query}>{page => <Shown page={page} fresh={fresh} />}</Answer>
}

function Shown({ page, fresh }: { page: Plan; fresh: boolean }) {
  const { t, pick } = useWords()
  const [commodity, setCommodity] = useState<string | null>(null)
  const all = commodities(page)
  return (
    <>
      <StatusBanner status={page.case.status} />
      <section className="panel" aria-labelledby="plan">
        <h1 id="plan">{t('plan-title', { title: pick(page.case.title) })}</h1>
        <Standing page={page} fresh={fresh} />
        <Figures page={page} />
        <Proof page={page} />
        {page.findings.length === 0 ? null : (
          <details>
            <summary>{t('plan-findings', { count: page.findings.length })}</summary>
            <ul>
              {page.findings.map(finding => (
                <li key={finding}>{finding}</li>
              ))}
            </ul>
          </details>
        )}
        {all.length < 2 ? null : (
          <Choice
            className="plan-filter"
            label={t('plan-filter')}
            options={[
              { id: ALL, title: t('plan-filter-all') },
              ...all.map(({ id, names }) => ({ id, title: pick(names) })),
            ]}
            value={commodity ?? ALL}
            onChange={chosen => setCommodity(chosen === ALL ? null : chosen)}
          />
        )}
      </section>
      {page.replan ? <Changes replan={page.replan} /> : null}
      <Flows page={page} commodity={commodity} />
      <Loads page={page} />
      <Unmet page={page} commodity={commodity} />
      <Binds binds={page.binds} />
      <Next next={page.next} />
    </>
  )
}

/** The choice that stands for every commodity; no commodity has an id with a colon. */
const ALL = ':all'

/** Who chose the plan and when, or that nobody has; and the way to the other one. */
function Standing({ page, fresh }: { page: Plan; fresh: boolean }) {
  const { t, pick } = useWords()
  const { chosen } = page
  return (
    <p className="plan-standing">
      {chosen ? (
        <Mark meaning="done">
          {t('plan-chosen', { party: pick(chosen.party.names) })} <When at={chosen.at} />
        </Mark>
      ) : (
        <Mark meaning="waiting">
          {t('plan-reckoned')} <When at={page.as_of} />
        </Mark>
      )}
      {chosen || fresh ? (
        <To route={{ page: 'plan', case: page.case.id, fresh: !fresh }}>{t(fresh ? 'plan-to-chosen' : 'plan-to-fresh')}</To>
      ) : null}
    </p>
  )
}

function Figures({ page }: { page: Plan }) {
  const { t, pick, locale } = useWords()
  const { served } = page
  const after = (minutes: number | null | undefined) =>
    minutes == null ? t('plan-never') : t('plan-hours', { hours: number(minutes / 60, locale) })
  const lines: readonly (readonly [string, string, string | null])[] = [
    ['plan-served', share(served.share_ppm, locale), null],
    ['plan-half', after(served.half_min), null],
    ['plan-nine-tenths', after(served.nine_tenths_min), null],
    [
      'plan-worst',
      share(served.worst_ppm, locale),
      served.worst_place && served.worst_commodity
        ? t('plan-worst-at', { place: pick(served.worst_place), commodity: pick(served.worst_commodity) })
        : null,
    ],
  ]
  return (
    <dl className="plan-figures">
      {lines.map(([id, value, detail]) => (
        <div key={id}>
          <dt>{t(id)}</dt>
          <dd>
            <strong>{value}</strong>
            {detail === null ? null : <span className="note">{detail}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What proves the three texts, as they are named when they are saved. */
const COMMAND = 'pumasi plan prove --problem problem.txt --certificate certificate.txt --plan plan.txt'

/** The proof in one sentence, and on demand what anyone needs to prove it again. */
function Proof({ page }: { page: Plan }) {
  const { t, locale } = useWords()
  const { bound, objective, gap } = proofShares(page)
  const text = (digest: string, id: string) =>
    page.chosen ? (
      <a href={`/api/v1/plan/text/${digest}`} download={`${id}.txt`}>
        <code>{digest}</code>
      </a>
    ) : (
      <code>{digest}</code>
    )
  return (
    <div className="plan-proof">
      <p>
        {t('plan-proof', {
          bound: share(bound, locale, 4),
          objective: share(objective, locale, 4),
          gap: share(gap, locale, 4),
        })}
        {page.proof.rounding_ppm == null
          ? null
          : ` ${t('plan-rounding', { share: share(page.proof.rounding_ppm, locale, 4) })}`}
      </p>
      <details>
        <summary>{t('plan-prove')}</summary>
        <p>{t('plan-prove-how')}</p>
        <p className="plan-command">
          <code>{COMMAND}</code>
        </p>
        <dl className="plan-digests">
          <dt>{t('plan-problem')}</dt>
          <dd>{text(page.problem, 'problem')}</dd>
          <dt>{t('plan-certificate')}</dt>
          <dd>{text(page.proof.certificate, 'certificate')}</dd>
          <dt>{t('plan-digest')}</dt>
          <dd>{text(page.plan, 'plan')}</dd>
        </dl>
      </details>
    </div>
  )
}
