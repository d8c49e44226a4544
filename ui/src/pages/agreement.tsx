import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type AgreementLine, type AgreementPage as Agreement, type ClauseDetail, Fault } from '../api/client'
import { agreementQuery, lifeQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { Nature } from '../parts/nature'
import { Empty, Notice } from '../parts/notice'
import { Party } from '../parts/party'
import { To } from '../parts/to'
import { useWords } from '../words/words'
import { AgreementParts, StandingBrief } from './agreement-parts'
import { Term } from './agreements'
import { Ask } from './ask'

interface AgreementProps {
  id: string
  /** The clause a link points at. */
  clause: string | undefined
}

/** One agreement: its clauses in plain words beside the text that binds. */
export default function AgreementPage({ id, clause }: AgreementProps) {
  const { t } = useWords()
  const query = useQuery(agreementQuery(id))
  const life = useQuery(lifeQuery(id)).data
  if (query.data === undefined && query.error instanceof Fault && query.error.side === 'absent') {
    // A proposal from a neighbour has a life before any text is in use here.
    if (life !== undefined && life.lives.length > 0) {
      return (
        <>
          <AgreementParts id={id} open="text" />
          <Empty title={t('text-none')} next={t('text-none-next')} />
        </>
      )
    }
  }
  return <Answer query={query}>{page => <Shown page={page} clause={clause} />}</Answer>
}

function Shown({ page, clause }: { page: Agreement; clause: string | undefined }) {
  const { t } = useWords()
  const { agreement } = page
  // Its nature stays that of a draft; what was signed since is told by its standing.
  const unsigned = agreement.standing.code === 'proposed' || agreement.standing.code === 'drafted'
  useEffect(() => {
    if (clause !== undefined) document.getElementById(clause)?.scrollIntoView({ block: 'center' })
  }, [clause])
  return (
    <>
      <Heading agreement={agreement} />
      <StandingBrief agreement={agreement} />
      {agreement.nature === 'summary' || (agreement.nature === 'draft' && unsigned) ? (
        <Notice kind="warning" title={t(`nature-${agreement.nature}-notice`)} />
      ) : null}
      <section className="panel" aria-labelledby="clauses">
        <h2 id="clauses">{t('clauses')}</h2>
        <ol className="clauses">
          {page.clauses.map(line => (
            <ClauseItem key={line.id} clause={line} pointed={line.id === clause} />
          ))}
        </ol>
      </section>
      <section className="panel" aria-labelledby="ask">
        <h2 id="ask">{t('ask-this')}</h2>
        <Ask agreement={agreement.id} />
      </section>
      <section className="panel" aria-labelledby="sources">
        <h2 id="sources">{t('sources')}</h2>
        <ul>
          {page.sources.map(source => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </section>
    </>
  )
}

function Heading({ agreement }: { agreement: AgreementLine }) {
  const { t, pick } = useWords()
  return (
    <div className="heading">
      <p>
        <To route={{ page: 'agreements' }}>{t('page-agreements')}</To>
      </p>
      <h1>{pick(agreement.title)}</h1>
      <dl className="facts">
        <div>
          <dt>{t('nature')}</dt>
          <dd>
            <Nature nature={agreement.nature} />
          </dd>
        </div>
        <div>
          <dt>{t('parties')}</dt>
          <dd>
            <ul className="inline-list">
              {agreement.parties.map(party => (
                <li key={party.id}>
                  <Party party={party} id />
                </li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>{t('term')}</dt>
          <dd>
            <Term from={agreement.from} until={agreement.until} />
          </dd>
        </div>
        <div>
          <dt>{t('digest')}</dt>
          <dd>
            <code className="digest">{agreement.digest}</code>
          </dd>
        </div>
      </dl>
      <AgreementParts id={agreement.id} open="text" />
    </div>
  )
}

function ClauseItem({ clause, pointed }: { clause: ClauseDetail; pointed: boolean }) {
  const { t, term, pick, lang } = useWords()
  return (
    <li id={clause.id} className={pointed ? 'clause-item pointed' : 'clause-item'}>
      <div className="clause-plain">
        <h3>
          {pick(clause.article)} <span className={`clause-kind clause-kind-${clause.kind}`}>{term('clause-kind', clause.kind)}</span>
        </h3>
        <p className="clause-label">{t('plain-words')}</p>
        <p>{pick(clause.caption)}</p>
        <p className="clause-source">
          {term('nature', clause.nature)} · {clause.source}
        </p>
      </div>
      <div className="clause-authentic">
        <p className="clause-label">{t('authentic')}</p>
        {clause.authentic.length === 0 ? <p className="note">{t('authentic-none')}</p> : null}
        {clause.authentic.map(text => (
          <blockquote key={text.lang} lang={text.lang}>
            <p className="clause-lang" lang={lang}>{term('language', text.lang.toLowerCase())}</p>
            <p>{text.text}</p>
          </blockquote>
        ))}
      </div>
    </li>
  )
}
