import { useQuery } from '@tanstack/react-query'
import type { AgreementLine, PartyName } from '../api/client'
import { agreementsQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { Nature } from '../parts/nature'
import { Empty } from '../parts/notice'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { To } from '../parts/to'
import { Day } from '../parts/when'
import type { AskStart } from '../route'
import { useWords } from '../words/words'
import { StandingLink } from './agreement-parts'
import { Ask } from './ask'
import { Propose } from './propose'

/** Who has which agreement with whom, and what it would say to a question. */
export default function AgreementsPage({ ask }: { ask: AskStart | undefined }) {
  const { t } = useWords()
  const query = useQuery(agreementsQuery)
  return (
    <>
      <div className="heading">
        <h1>{t('page-agreements')}</h1>
        <p>{t('agreements-lead')}</p>
        <p>
          <To route={{ page: 'map', parties: [] }}>{t('page-map')}</To>
        </p>
      </div>
      <section className="panel" aria-labelledby="ask">
        <h2 id="ask">{t('ask')}</h2>
        <p className="note">{t('ask-note')}</p>
        <Ask start={ask} />
      </section>
      <section className="panel" aria-labelledby="library">
        <div className="panel-head">
          <h2 id="library">{t('library')}</h2>
          <Propose />
        </div>
        <Answer query={query}>
          {({ agreements }) =>
            agreements.length === 0 ? (
              <Empty title={t('library-empty')} next={t('library-empty-next')} />
            ) : (
              <AgreementTable agreements={agreements} />
            )
          }
        </Answer>
      </section>
    </>
  )
}

function AgreementTable({ agreements }: { agreements: readonly AgreementLine[] }) {
  const { t, pick } = useWords()
  const columns: Column<AgreementLine>[] = [
    {
      id: 'title',
      title: t('agreement'),
      cell: line => (
        <>
          <To route={{ page: 'agreement', id: line.id }}>{pick(line.title)}</To>
          <code className="order-where">{line.id}</code>
        </>
      ),
      heads: true,
    },
    { id: 'nature', title: t('nature'), cell: line => <Nature nature={line.nature} /> },
    {
      id: 'standing',
      title: t('standing'),
      cell: line => <StandingLink id={line.id} standing={line.standing} next={line.next} />,
    },
    {
      id: 'parties',
      title: t('parties'),
      cell: line => <Parties parties={line.parties} />,
    },
    { id: 'term', title: t('term'), cell: line => <Term from={line.from} until={line.until} /> },
    { id: 'clauses', title: t('clauses'), cell: line => line.clauses, numeric: true },
    { id: 'digest', title: t('digest'), cell: line => <Tag id={line.digest} /> },
  ]
  return <Table caption={t('library')} quiet columns={columns} rows={agreements} rowKey={line => line.id} />
}

const PARTIES_SHOWN = 6

/** The parties of an agreement; of a long list the first ones. */
function Parties({ parties }: { parties: readonly PartyName[] }) {
  const { t, pick } = useWords()
  const list = parties
    .slice(0, PARTIES_SHOWN)
    .map(party => pick(party.names))
    .join(t('list-separator'))
  const others = parties.length - PARTIES_SHOWN
  return <>{others > 0 ? t('and-others', { list, count: others }) : list}</>
}

/** From when until when an agreement holds. */
export function Term({ from, until }: { from?: string | null | undefined; until?: string | null | undefined }) {
  const { t } = useWords()
  if (from == null && until == null) return <>{t('term-unstated')}</>
  return (
    <>
      {from == null ? null : <Day date={from} />} – {until == null ? t('term-open') : <Day date={until} />}
    </>
  )
}
