import { useEffect, useId, useRef } from 'react'
import { Button } from 'react-aria-components'
import type {
  AlternativeLine,
  AskAnswer,
  AskForm,
  DecidingClause,
  MissingLine,
  SettlementWay,
} from '../api/client'
import { Clause } from '../parts/clause'
import { Mark, type Meaning } from '../parts/mark'
import { Party } from '../parts/party'
import { To } from '../parts/to'
import { useWords } from '../words/words'

const OUTCOMES: Readonly<Record<string, Meaning>> = {
  permitted: 'done',
  refused: 'stopped',
  needs: 'waiting',
}

interface DecisionProps {
  decision: AskAnswer
  /** Asks another question in place of this one. */
  askInstead: (form: AskForm) => void
  /** Whether the reader is led here, because what was pressed has gone. */
  focus: boolean
}

/** What the agreements say, the clauses that say it, what is missing, and what may be done instead. */
export function Decision({ decision, askInstead, focus }: DecisionProps) {
  const { t, term, pick } = useWords()
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    if (focus) section.current?.focus()
  }, [focus])
  return (
    <section
      ref={section}
      tabIndex={-1}
      className={`decision decision-${decision.outcome}`}
      aria-label={t('decision')}
    >
      <p className="decision-outcome">
        <Mark meaning={OUTCOMES[decision.outcome] ?? 'unknown'}>{term('outcome', decision.outcome)}</Mark>
      </p>
      {decision.under == null ? null : <p>{pick(decision.under.title)}</p>}
      {decision.reasons.length === 0 ? null : (
        <ul className="plain-list">
          {decision.reasons.map((reason, position) => (
            <li key={`${reason.code}/${position}`}>{pick(reason.words)}</li>
          ))}
        </ul>
      )}
      {decision.missing.length === 0 ? null : (
        <>
          <h3>{t('decision-missing')}</h3>
          <Missing lines={decision.missing} />
        </>
      )}
      {decision.alternatives.length === 0 ? null : (
        <Alternatives lines={decision.alternatives} askInstead={askInstead} />
      )}
      <h3>{t('decision-clauses')}</h3>
      {decision.clauses.length === 0 ? <p>{t('decision-no-clauses')}</p> : null}
      <ol className="clauses">
        {decision.clauses.map(clause => (
          <Deciding key={`${clause.agreement}/${clause.clause}`} clause={clause} />
        ))}
      </ol>
      {decision.settlement.length === 0 ? null : (
        <>
          <h3>{t('settlement')}</h3>
          <ul>
            {decision.settlement.map(way => (
              <li key={`${way.clause}/${way.mode}`}>
                <Way way={way} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="note">{t('decision-note')}</p>
    </section>
  )
}

/** What is missing, each with whose move it is. */
function Missing({ lines }: { lines: readonly MissingLine[] }) {
  const { t, pick } = useWords()
  return (
    <ul>
      {lines.map((line, position) => (
        <li key={`${line.code}/${position}`}>
          {pick(line.words)}
          <span className="missing-whose">
            {t('decision-whose')} {line.party == null ? t('decision-asker') : <Party party={line.party} />}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** A clause that decides: plain words, and beside them the text that binds. */
function Deciding({ clause }: { clause: DecidingClause }) {
  const { t, term, pick, lang } = useWords()
  return (
    <li className="clause-item">
      <div className="clause-plain">
        <p>
          <To route={{ page: 'agreement', id: clause.agreement, clause: clause.clause }}>
            <span className="clause-agreement">{clause.agreement}</span> {pick(clause.article)}
          </To>{' '}
          {clause.effects.map(effect => (
            <span key={effect} className="clause-kind">
              {term('effect', effect)}
            </span>
          ))}
        </p>
        <p>{pick(clause.caption)}</p>
      </div>
      <div className="clause-authentic">
        <p className="clause-label">{t('authentic')}</p>
        {clause.authentic.length === 0 ? <p className="note">{t('authentic-none')}</p> : null}
        {clause.authentic.map(text => (
          <blockquote key={text.lang} lang={text.lang}>
            <p className="clause-lang" lang={lang}>
              {term('language', text.lang.toLowerCase())}
            </p>
            <p>{text.text}</p>
          </blockquote>
        ))}
      </div>
    </li>
  )
}

/** A way of settling with its days. */
function Way({ way }: { way: SettlementWay }) {
  const { t, term } = useWords()
  const mode = term('settlement', way.mode)
  if (way.days == null) return mode
  const { days, else_reimbursement_days: later } = way
  return later == null ? t('way-days', { mode, days }) : t('way-days-else', { mode, days, later })
}

interface AlternativesProps {
  lines: readonly AlternativeLine[]
  askInstead: (form: AskForm) => void
}

/** The nearest questions with a better answer; a button asks one. */
function Alternatives({ lines, askInstead }: AlternativesProps) {
  const { t, term, pick } = useWords()
  const id = useId()
  return (
    <>
      <h3 id={id}>{t('decision-alternatives')}</h3>
      <ol className="alternatives" aria-labelledby={id}>
        {lines.map((line, position) => {
          const changes = line.changes.map(change => pick(change.words))
          return (
            <li key={changes.join('/')} className="alternative">
              <div>
                <ul className="plain-list" id={`${id}-${position}`}>
                  {changes.map(words => (
                    <li key={words}>{words}</li>
                  ))}
                </ul>
                <p className="alternative-answer">
                  <Mark meaning={OUTCOMES[line.outcome] ?? 'unknown'}>{term('outcome', line.outcome)}</Mark>{' '}
                  {line.clauses.map(clause => (
                    <Clause key={`${clause.agreement}/${clause.clause}`} clause={clause} />
                  ))}
                </p>
                {line.missing.length === 0 ? null : <Missing lines={line.missing} />}
              </div>
              <Button
                className="button"
                aria-describedby={`${id}-${position}`}
                onPress={() => askInstead(line.form)}
              >
                {t('decision-ask-instead')}
              </Button>
            </li>
          )
        })}
      </ol>
    </>
  )
}
