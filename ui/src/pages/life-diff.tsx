import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClauseDetail, ClauseDiff, DiffPage, FieldDiff, LifeLine } from '../api/client'
import { diffQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { Check } from '../parts/check'
import { Choice } from '../parts/choice'
import { Mark, type Meaning } from '../parts/mark'
import { type Span, spansOf } from '../parts/spans'
import { useWords } from '../words/words'

interface CompareProps {
  agreement: string
  life: LifeLine
  /** The digest of a text in use here that no draft has displaced; none where there is none. */
  inUse: string | undefined
}

/** Compares two drafts of an agreement, clause by clause; a first draft with the text in use. */
export function Compare({ agreement, life, inUse }: CompareProps) {
  const { t } = useWords()
  const numbers = [...new Set(life.versions.map(({ version }) => version))]
  const newest = numbers.at(-1)
  const before = numbers.at(-2)
  const [chosen, setChosen] = useState<{ from: number; to: number } | null>(null)
  if (newest === undefined) return null
  if (before === undefined && (inUse === undefined || inUse === life.versions[0]?.digest)) return null
  const from = chosen?.from ?? before
  const to = chosen?.to ?? newest
  const options = (without: number) =>
    numbers
      .filter(version => version !== without)
      .map(version => ({ id: String(version), title: t('draft-number', { version }) }))
  return (
    <section className="panel" aria-labelledby="compare">
      <h2 id="compare">{t('compare')}</h2>
      {from === undefined ? (
        <p>{t('compare-in-use', { version: to })}</p>
      ) : (
        <div className="compare-choice">
          <Choice
            label={t('compare-from')}
            options={options(to)}
            value={String(from)}
            onChange={id => setChosen({ from: Number(id), to })}
          />
          <Choice
            label={t('compare-to')}
            options={options(from)}
            value={String(to)}
            onChange={id => setChosen({ from, to: Number(id) })}
          />
        </div>
      )}
      <Diff key={`${from ?? ''}/${to}`} agreement={agreement} matter={life.matter} from={from} to={to} />
    </section>
  )
}

interface DiffProps {
  agreement: string
  matter: string
  from: number | undefined
  to: number
}

function Diff({ agreement, matter, from, to }: DiffProps) {
  const query = useQuery(diffQuery({ id: agreement, matter, from, to }))
  return <Answer query={query}>{page => <Shown page={page} />}</Answer>
}

function Shown({ page }: { page: DiffPage }) {
  const { t, pick } = useWords()
  const [all, setAll] = useState(false)
  const changed = page.clauses.filter(({ change }) => change !== 'same')
  const same = page.clauses.length - changed.length
  if (changed.length === 0 && page.head.length === 0) {
    return <p>{t(page.from_digest === page.to_digest ? 'diff-equal' : 'diff-layout')}</p>
  }
  return (
    <>
      <h3>{t('effects')}</h3>
      {page.effects.length === 0 ? (
        <p>{t('effects-none')}</p>
      ) : (
        <ul className="effects">
          {page.effects.map((effect, position) => (
            <li key={`${position}/${effect.en}`}>{pick(effect)}</li>
          ))}
        </ul>
      )}
      {page.head.length === 0 ? null : (
        <>
          <h3>{t('diff-head')}</h3>
          <Fields fields={page.head} />
        </>
      )}
      <h3>{t('diff-clauses', { changed: changed.length, same })}</h3>
      {same === 0 ? null : (
        <Check checked={all} onChange={setAll}>
          {t('diff-show-same')}
        </Check>
      )}
      <ol className="clauses">
        {(all ? page.clauses : changed).map(clause => (
          <ClauseCompared key={clause.clause} diff={clause} />
        ))}
      </ol>
    </>
  )
}

const CHANGES: Readonly<Record<string, Meaning>> = {
  same: 'unknown',
  changed: 'waiting',
  moved: 'moving',
  added: 'done',
  removed: 'stopped',
}

function ClauseCompared({ diff }: { diff: ClauseDiff }) {
  const { t, term, pick } = useWords()
  const either = diff.after ?? diff.before
  return (
    <li className={`diff-clause diff-${diff.change}`}>
      <h4>
        {either == null ? null : `${pick(either.article)} `}
        <code>{diff.clause}</code>{' '}
        <Mark meaning={CHANGES[diff.change] ?? 'unknown'}>{term('change', diff.change)}</Mark>
      </h4>
      <div className="diff-sides">
        <Side title={t('diff-before')} clause={diff.before} other={diff.after} how="out" />
        <Side title={t('diff-after')} clause={diff.after} other={diff.before} how="in" />
      </div>
      {diff.fields.length === 0 ? null : (
        <details open={diff.change === 'changed'}>
          <summary>{t('diff-fields', { count: diff.fields.length })}</summary>
          <Fields fields={diff.fields} />
        </details>
      )}
    </li>
  )
}

interface SideProps {
  title: string
  clause: ClauseDetail | null | undefined
  other: ClauseDetail | null | undefined
  how: 'in' | 'out'
}

/** One of two texts of a clause, with what the other lacks marked by a line and not by colour alone. */
function Side({ title, clause, other, how }: SideProps) {
  const { t, term, pick, lang } = useWords()
  if (clause == null) {
    return (
      <div className="diff-side">
        <p className="clause-label">{title}</p>
        <p className="note">{t('diff-absent')}</p>
      </div>
    )
  }
  return (
    <div className="diff-side">
      <p className="clause-label">{title}</p>
      <p>
        <Changed text={pick(clause.caption)} other={other == null ? null : pick(other.caption)} how={how} lang={lang} />
      </p>
      {clause.authentic.map(text => (
        <blockquote key={text.lang} lang={text.lang}>
          <p className="clause-lang" lang={lang}>
            {term('language', text.lang.toLowerCase())}
          </p>
          <p>
            <Changed
              text={text.text}
              other={other?.authentic.find(each => each.lang === text.lang)?.text ?? null}
              how={how}
              lang={text.lang}
            />
          </p>
        </blockquote>
      ))}
    </div>
  )
}

interface ChangedProps {
  text: string
  /** The same text in the other version; null where it has none. */
  other: string | null
  how: 'in' | 'out'
  lang: string
}

/** A text with the words that the other version does not have. */
function Changed({ text, other, how, lang }: ChangedProps) {
  if (other === null || other === text) return <>{text}</>
  const spans = how === 'in' ? spansOf(other, text, lang) : spansOf(text, other, lang)
  return <Spans spans={spans.filter(span => span.how === 'kept' || span.how === how)} />
}

function Spans({ spans }: { spans: readonly Span[] }) {
  return (
    <>
      {spans.map(({ how, text }, position) => {
        const key = `${position}/${how}`
        if (how === 'in') return <ins key={key}>{text}</ins>
        return how === 'out' ? <del key={key}>{text}</del> : <span key={key}>{text}</span>
      })}
    </>
  )
}

/** Fields of the file that differ, each as it was and as it would be. */
function Fields({ fields }: { fields: readonly FieldDiff[] }) {
  const { t } = useWords()
  return (
    <dl className="diff-fields">
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>
            <FieldName field={field} />
          </dt>
          <dd>
            <span className="clause-label">{t('diff-before')}</span>{' '}
            {before == null ? t('none') : <del lang={langOf(field)}>{before}</del>}
          </dd>
          <dd>
            <span className="clause-label">{t('diff-after')}</span>{' '}
            {after == null ? t('none') : <ins lang={langOf(field)}>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The name of a field in the file; `#` stands for the place of a clause among the others. */
function FieldName({ field }: { field: string }) {
  const { t } = useWords()
  return field === '#' ? <>{t('diff-place')}</> : <code>{field}</code>
}

/** The language of a field such as `authentic.ko`; none for fields without words. */
export function langOf(field: string): string | undefined {
  return /\.(ko|ja|en|zh(?:-[A-Za-z]+)?)$/.exec(field)?.[1]
}
