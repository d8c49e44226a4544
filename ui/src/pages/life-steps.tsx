import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { ClauseDetail, LifeLine, StepLine } from '../api/client'
import { Pane } from '../parts/dialog'
import { Party } from '../parts/party'
import { Day } from '../parts/when'
import { useWords } from '../words/words'
import type { Offered } from './step-form'
import { StepPane } from './step-pane'

interface StepsProps {
  agreement: string
  life: LifeLine
  /** The clauses of the text in use; none where it is not known here. */
  clauses: readonly ClauseDetail[]
}

/** What this party may do next, each as a button that opens its form. */
export function Steps({ agreement, life, clauses }: StepsProps) {
  const { t, pick } = useWords()
  // The step whose form is open. It is kept, since taking it takes it off the page.
  const [taken, setTaken] = useState<StepLine | null>(null)
  return (
    <section className="panel panel-doing" aria-labelledby="life-steps">
      <h2 id="life-steps">{t('life-steps')}</h2>
      {life.steps.length === 0 ? <p className="note">{t('life-steps-empty')}</p> : null}
      <ul className="step-list">
        {life.steps.map(step => (
          <li key={`${step.step}/${step.version ?? ''}/${step.target ?? ''}`}>
            <Button className="button" onPress={() => setTaken(step)}>
              <StepTitle step={step} />
            </Button>
            <Target step={step} life={life} />
          </li>
        ))}
      </ul>
      {taken === null ? null : (
        <Pane title={titleOf(taken, pick, t)} status={life.status} onClose={() => setTaken(null)}>
          <StepPane
            offered={offeredOf(agreement, life, taken)}
            officers={taken.officers}
            clauses={clauses}
            about={<About agreement={agreement} step={taken} life={life} clauses={clauses} />}
          />
        </Pane>
      )}
    </section>
  )
}

type Words = ReturnType<typeof useWords>

function titleOf({ words, version }: StepLine, pick: Words['pick'], t: Words['t']): string {
  return version == null ? pick(words) : t('step-of-version', { step: pick(words), version })
}

function StepTitle({ step }: { step: StepLine }) {
  const { t, pick } = useWords()
  return <>{titleOf(step, pick, t)}</>
}

function offeredOf(agreement: string, life: LifeLine, step: StepLine): Offered {
  return {
    step: step.step,
    agreement,
    status: life.status,
    matter: life.matter,
    version: step.version,
    digest: life.versions.find(({ version }) => version === step.version)?.digest,
    target: step.target,
    ends: step.ends,
    officersNeeded: step.officers_needed,
  }
}

/** The suspension or notice that a step is about. */
function Target({ step, life }: { step: StepLine; life: LifeLine }) {
  const { t, pick } = useWords()
  if (step.target == null) return null
  const suspension = life.suspensions.find(({ act }) => act === step.target)
  if (suspension !== undefined) {
    const { clauses, from, by } = suspension
    const what = clauses.map(({ article }) => pick(article)).join(t('list-separator'))
    return (
      <p className="note">
        <Party party={by} />: {clauses.length === 0 ? t('suspended-whole') : what} (<Day date={from} />)
      </p>
    )
  }
  const notice = life.notices.find(({ act }) => act === step.target)
  if (notice === undefined) return null
  return (
    <p className="note">
      <Party party={notice.by} />: {t('notice-given')} <Day date={notice.given} /> · {t('notice-ends')}{' '}
      <Day date={notice.ends} />
    </p>
  )
}

interface AboutProps extends StepsProps {
  step: StepLine
}

/** What an officer must know before taking a step, above its form. */
function About({ step, life, clauses }: AboutProps) {
  const { t, pick } = useWords()
  if (step.step === 'give_notice') {
    const terms = clauses.filter(({ kind }) => kind === 'term')
    return (
      <div className="step-about">
        {step.ends == null ? null : (
          <p className="standing-words">
            {t('notice-earliest')} <Day date={step.ends} />
          </p>
        )}
        {terms.length === 0 ? null : (
          <ul className="plain-list">
            {terms.map(term => (
              <li key={term.id}>
                <strong>{pick(term.article)}</strong> {pick(term.caption)}
              </li>
            ))}
          </ul>
        )}
      </div>
    )
  }
  if (step.step === 'agree_termination' && life.ends_agreed.length > 0) {
    return (
      <ul className="plain-list">
        {life.ends_agreed.map(({ act, by, ends }) => (
          <li key={act}>
            <Party party={by} />: {t('end-agreed-day')} <Day date={ends} />
          </li>
        ))}
      </ul>
    )
  }
  return <Target step={step} life={life} />
}
