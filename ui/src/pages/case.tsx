import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CasePage as Case, RefusalLine } from '../api/client'
import { caseQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { Clauses } from '../parts/clause'
import { StatusBanner } from '../parts/exercise'
import { Listed } from '../parts/listed'
import { NeedBars } from '../parts/need-bars'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { Lane } from './case-lane'
import { OfferTable } from './case-offers'
import { OrderTable, ShipmentTable } from './case-orders'
import { Timeline } from './case-timeline'

interface CaseProps {
  id: string | undefined
  /** The order a link points at. */
  order: string | undefined
}

/** One case from need to settlement. */
export default function CasePage({ id, order }: CaseProps) {
  const { t } = useWords()
  return id === undefined ? (
    <Empty title={t('case-empty')} next={t('case-empty-next')} />
  ) : (
    <Loaded id={id} order={order} />
  )
}

function Loaded({ id, order }: { id: string; order: string | undefined }) {
  const query = useQuery(caseQuery(id))
  return <Answer query={query}>{page => <Shown page={page} order={order} />}</Answer>
}

function Shown({ page, order }: { page: Case; order: string | undefined }) {
  const { t, pick } = useWords()
  useEffect(() => {
    if (order !== undefined) document.querySelector('.pointed')?.scrollIntoView({ block: 'center' })
  }, [order])
  const waiting = page.orders.filter(line => line.next != null).length
  return (
    <>
      <StatusBanner status={page.case.status} />
      <div className="heading">
        <h1>{pick(page.case.title)}</h1>
        <p className="as-of">
          {t('as-of')} <When at={page.as_of} all />
        </p>
        <p>
          {t('case-summary', {
            requests: page.requests.length,
            orders: page.orders.length,
            closed: page.orders.filter(line => line.stage === 'closed').length,
            waiting,
            refusals: page.refusals.length,
          })}
        </p>
      </div>
      <section className="panel" aria-labelledby="lane">
        <h2 id="lane">{t('lane')}</h2>
        <Lane page={page} />
      </section>
      <section className="panel" aria-labelledby="needs">
        <h2 id="needs">{t('case-needs')}</h2>
        {page.needs.length === 0 ? (
          <Empty title={t('case-no-needs')} next={t('case-no-needs-next')} />
        ) : (
          <NeedBars needs={page.needs} caption={t('case-needs')} />
        )}
      </section>
      <OfferTable offers={page.offers} />
      <OrderTable page={page} pointed={order} />
      <ShipmentTable orders={page.orders} />
      <RefusalTable refusals={page.refusals} />
      <Timeline acts={page.timeline} status={page.case.status} />
      <MatterTable matters={page.matters} />
    </>
  )
}

function RefusalTable({ refusals }: { refusals: readonly RefusalLine[] }) {
  const { t, pick } = useWords()
  const columns: Column<RefusalLine>[] = [
    { id: 'time', title: t('time'), cell: line => <When at={line.time} /> },
    { id: 'party', title: t('party'), cell: line => <Party party={line.party} />, heads: true },
    { id: 'kind', title: t('act'), cell: line => pick(line.kind_names) },
    { id: 'words', title: t('why'), cell: line => pick(line.words) },
    {
      id: 'clauses',
      title: t('clause'),
      cell: line => (line.clauses.length === 0 ? t('none') : <Clauses clauses={line.clauses} />),
    },
    {
      id: 'act',
      title: t('record'),
      cell: line => (line.act ? <Tag id={line.act} /> : t('refused-before-signing')),
    },
  ]
  return (
    <Listed
      id="refusals"
      title={t('refusals')}
      rows={refusals}
      empty={<Empty title={t('refusals-empty')} next={t('refusals-empty-next')} />}
    >
      {rows => (
        <Table
          caption={t('refusals')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={(line, position) => line.act ?? `${line.code}/${position}`}
        />
      )}
    </Listed>
  )
}

type MatterLine = Case['matters'][number]

function MatterTable({ matters }: { matters: readonly MatterLine[] }) {
  const { t, term, pick } = useWords()
  const columns: Column<MatterLine>[] = [
    { id: 'title', title: t('matter'), cell: matter => pick(matter.title), heads: true },
    { id: 'status', title: t('status'), cell: matter => term('status', matter.status) },
    {
      id: 'audience',
      title: t('audience'),
      cell: matter => matter.audience.map(party => pick(party.names)).join(t('list-separator')),
    },
    { id: 'acts', title: t('acts'), cell: matter => matter.acts, numeric: true },
    { id: 'waiting', title: t('acts-waiting'), cell: matter => matter.waiting, numeric: true },
    { id: 'digest', title: t('digest'), cell: matter => <Tag id={matter.digest} /> },
  ]
  return (
    <Listed
      id="matters"
      title={t('matters')}
      rows={matters}
      empty={<Empty title={t('matters-empty')} next={t('matters-empty-next')} />}
    >
      {rows => <Table caption={t('matters')} quiet columns={columns} rows={rows} rowKey={matter => matter.id} />}
    </Listed>
  )
}
