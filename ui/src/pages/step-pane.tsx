import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answer, api, type ClauseDetail, Fault, type StepAnswer, type StepForm } from '../api/client'
import { nodeQuery, queryClient } from '../api/queries'
import { Clauses } from '../parts/clause'
import { FaultNotice } from '../parts/fault'
import { Mark } from '../parts/mark'
import { Notice } from '../parts/notice'
import { Tag } from '../parts/tag'
import { useWords } from '../words/words'
import { signersNeeded } from './officers'
import { meaningOf } from './standing'
import { StepFields } from './step-fields'
import { type Filled, formOf, gaps, NOTHING_FILLED, type Offered } from './step-form'
import { positionsIn } from './step-problem'

interface StepPaneProps {
  offered: Offered
  /** The officers at this node whose mandates cover the step. */
  officers: readonly string[]
  /** The clauses a suspension may name. */
  clauses: readonly ClauseDetail[]
  /** What to know before taking the step. */
  about?: ReactNode
  /** What to do once it is taken, below the answer. */
  next?: (taken: StepAnswer, filled: Filled) => ReactNode
}

/** A step in the life of an agreement: its form, the refusal, and what it did. */
export function StepPane({ offered: asOffered, officers, clauses, about, next }: StepPaneProps) {
  const [filled, setFilled] = useState<Filled>(NOTHING_FILLED)
  const able = useQuery(nodeQuery).data?.officers.filter(({ id }) => officers.includes(id)) ?? []
  const offered: Offered = {
    ...asOffered,
    // Whom one chooses decides how many must sign.
    officersNeeded: able.length === 0 ? asOffered.officersNeeded : signersNeeded(able, filled.officers),
  }
  const taking = useMutation({
    mutationFn: (form: StepForm) => answer(api.POST('/api/v1/agreements/steps', { body: form })),
    onSuccess: () => void queryClient.invalidateQueries(),
  })
  if (taking.data !== undefined) {
    return (
      <>
        <Taken taken={taking.data} />
        {next?.(taking.data, filled)}
      </>
    )
  }
  const problem = taking.error instanceof Fault ? taking.error.problem : undefined
  const change = (part: Partial<Filled>) => {
    setFilled({ ...filled, ...part })
    // A refusal of what has changed since would mislead, but the places it names are still wanted.
    if (!('text' in part)) taking.reset()
  }
  return (
    <TakeForm
      offered={offered}
      filled={filled}
      busy={taking.isPending}
      send={() => taking.mutate(formOf(offered, filled))}
    >
      {about}
      {taking.isError ? <Refused fault={taking.error} /> : null}
      <StepFields
        offered={offered}
        filled={filled}
        change={change}
        officers={officers}
        clauses={clauses}
        positions={problem === undefined ? [] : positionsIn(problem)}
      />
    </TakeForm>
  )
}

interface TakeFormProps {
  offered: Offered
  filled: Filled
  busy: boolean
  send: () => void
  children: ReactNode
}

function TakeForm({ offered, filled, busy, send, children }: TakeFormProps) {
  const { t, term } = useWords()
  const missing = gaps(offered, filled)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing.length === 0) send()
  }
  return (
    <Form className="step-form" onSubmit={submit}>
      {children}
      <div className="ask-send">
        <Button type="submit" className="button button-main" isDisabled={missing.length > 0 || busy}>
          {term('take', offered.step)}
        </Button>
        <div aria-live="polite">
          {missing.length === 0 ? null : (
            <p className="note">
              {t('gaps', { gaps: missing.map(gap => term('gap', gap)).join(t('list-separator')) })}
            </p>
          )}
        </div>
      </div>
    </Form>
  )
}

/** What was refused, why, and what to do. A link or a node that failed is told as on every page. */
function Refused({ fault }: { fault: unknown }) {
  const { t, pick } = useWords()
  const place = useRef<HTMLDivElement>(null)
  // The button that was pressed is at the other end of a long form.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [fault])
  const problem = fault instanceof Fault && fault.side === 'form' ? fault.problem : undefined
  return (
    <div ref={place}>
      {problem === undefined ? (
        <FaultNotice fault={fault} />
      ) : (
        <Notice kind="failure" title={t('step-refused')} urgent>
          <p className="step-reason">{pick(problem.words)}</p>
          {problem.clauses.length === 0 ? null : <Clauses clauses={problem.clauses} />}
          <p>{problem.help ? pick(problem.help) : t('fault-form-help')}</p>
        </Notice>
      )}
    </div>
  )
}

/** The acts a step made, what was told to other matters, and how the agreement stands now. */
function Taken({ taken }: { taken: StepAnswer }) {
  const { t, pick } = useWords()
  const head = useRef<HTMLHeadingElement>(null)
  // The button that was pressed is gone; a reader who cannot see is led to what came of it.
  useEffect(() => head.current?.focus(), [])
  const { standing, acts, relayed } = taken
  return (
    <section className="step-taken" aria-labelledby="step-taken">
      <h3 id="step-taken" ref={head} tabIndex={-1}>
        <Mark meaning="done">{t('step-taken')}</Mark>
      </h3>
      <p className="standing-words">
        {t('standing-now')}: <Mark meaning={meaningOf(standing.code)}>{pick(standing.words)}</Mark>
      </p>
      <p>
        {t('acts-made')} {acts.map(act => <Tag key={act} id={act} />)}
      </p>
      {relayed.length === 0 ? null : (
        <>
          <h4>{t('relayed')}</h4>
          <ul className="plain-list">
            {relayed.map(line => (
              <li key={line.matter}>
                <Tag id={line.matter} />{' '}
                {line.refused == null ? (
                  <Mark meaning="done">{t('relayed-done')}</Mark>
                ) : (
                  <>
                    <Mark meaning="stopped">{t('relayed-refused')}</Mark> {pick(line.refused)}
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
