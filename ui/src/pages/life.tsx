import { useQuery } from '@tanstack/react-query'
import type { LifeLine, LifePage as Page } from '../api/client'
import { agreementQuery, lifeQuery } from '../api/queries'
import { short } from '../format'
import { Answer } from '../parts/answer'
import { Choice } from '../parts/choice'
import { StatusBanner } from '../parts/exercise'
import { Empty } from '../parts/notice'
import { To } from '../parts/to'
import { writeRoute } from '../route'
import { useWords } from '../words/words'
import { AgreementParts } from './agreement-parts'
import { Compare } from './life-diff'
import { Events, Survival } from './life-record'
import { Standing } from './life-standing'
import { Steps } from './life-steps'
import { Endings, Suspensions } from './life-stops'
import { Versions } from './life-versions'
import { outlineOfLine } from './outline'
import { Propose } from './propose'

interface LifeProps {
  id: string
  /** The matter a link points at; the newest when absent. */
  matter: string | undefined
}

/** The life of one agreement: how it stands, its drafts, what was said, and what we may do next. */
export default function LifePage({ id, matter }: LifeProps) {
  const query = useQuery(lifeQuery(id))
  return <Answer query={query}>{page => <Shown page={page} matter={matter} />}</Answer>
}

function Shown({ page, matter }: { page: Page; matter: string | undefined }) {
  const { t, pick } = useWords()
  const { agreement, lives } = page
  const life = lives.find(line => line.matter === matter) ?? lives[0]
  const known = useQuery(agreementQuery(agreement)).data?.agreement
  return (
    <>
      {life === undefined ? null : <StatusBanner status={life.status} />}
      <div className="heading">
        <p>
          <To route={{ page: 'agreements' }}>{t('page-agreements')}</To>
        </p>
        <h1>
          {pick(page.title)} <code className="heading-id">{agreement}</code>
        </h1>
        <AgreementParts id={agreement} open="life" />
      </div>
      {life === undefined ? (
        <Empty title={t('life-empty')} next={t('life-empty-next')} />
      ) : (
        <>
          <LifeChoice agreement={agreement} lives={lives} shown={life} />
          <Life key={life.matter} agreement={agreement} life={life} />
        </>
      )}
      <section className="panel panel-doing" aria-labelledby="another-life">
        <h2 id="another-life">{t('another-life')}</h2>
        <p className="note">{t('another-life-note')}</p>
        <div className="step-list">
          {known === undefined ? null : <Propose known={outlineOfLine(known)} />}
          <Propose />
        </div>
      </section>
    </>
  )
}

interface LifeChoiceProps {
  agreement: string
  lives: readonly LifeLine[]
  shown: LifeLine
}

/** Chooses between the actual life of an agreement and those it has in exercises. */
function LifeChoice({ agreement, lives, shown }: LifeChoiceProps) {
  const { t, term } = useWords()
  if (lives.length < 2) return null
  return (
    <Choice
      className="chart-choice"
      label={t('life-choice')}
      options={lives.map(({ matter, status }) => ({
        id: matter,
        title: t('life-choice-line', { status: term('status', status), matter: short(matter) }),
      }))}
      value={shown.matter}
      onChange={matter => {
        window.location.hash = writeRoute({ page: 'life', id: agreement, matter })
      }}
    />
  )
}

function Life({ agreement, life }: { agreement: string; life: LifeLine }) {
  // Its clauses, by which a form names what to suspend; a mere proposal may have none here yet.
  const text = useQuery(agreementQuery(agreement)).data
  const clauses = text?.clauses ?? []
  // The newest draft takes the place of another draft at once, of a text that exists when it enters.
  const inUse = text !== undefined && text.agreement.nature !== 'draft' ? text.agreement.digest : undefined
  return (
    <>
      <Standing life={life} />
      <Steps agreement={agreement} life={life} clauses={clauses} />
      <Versions versions={life.versions} parties={text?.agreement.parties} />
      <Compare agreement={agreement} life={life} inUse={inUse} />
      <Suspensions suspensions={life.suspensions} />
      <Endings life={life} />
      <Survival survives={life.survives} />
      <Events events={life.events} />
    </>
  )
}
