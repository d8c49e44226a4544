import type { CasePage, OfferLine, OrderLine } from '../api/client'
import { amount, money } from '../format'
import { Listed } from '../parts/listed'
import { Mark, type Meaning } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { OFFER_MEANINGS } from './lane'

/** Every offer with its deadline: those that can still be accepted first. */
export function OfferTable({ offers }: { offers: CasePage['offers'] }) {
  const { t, term, pick, locale } = useWords()
  const rank = (offer: OfferLine) => ['accepted_late', 'proposed'].indexOf(offer.stage)
  const rows = [...offers].sort((a, b) => rank(b) - rank(a) || a.time.localeCompare(b.time))
  const columns: Column<OfferLine>[] = [
    {
      id: 'offer',
      title: t('offer'),
      cell: offer => (
        <>
          {pick(offer.names)} {amount(offer.amount, locale, t)} <Tag id={offer.id} />
          {offer.price ? (
            <span className="settlement-detail">{t('unit-price', { sum: money(offer.price, locale) })}</span>
          ) : null}
        </>
      ),
      heads: true,
    },
    {
      id: 'parties',
      title: t('from-to'),
      cell: offer => (
        <>
          <Party party={offer.assisting} /> → <Party party={offer.requesting} />
        </>
      ),
    },
    {
      id: 'stage',
      title: t('stage'),
      cell: offer => (
        <Mark meaning={OFFER_MEANINGS[offer.stage] ?? 'unknown'}>{term('offer', offer.stage)}</Mark>
      ),
    },
    {
      id: 'deadline',
      title: t('deadline'),
      cell: offer => (offer.deadline ? <When at={offer.deadline} all /> : t('no-deadline')),
    },
    { id: 'time', title: t('time'), cell: offer => <When at={offer.time} /> },
  ]
  return (
    <Listed
      id="offers"
      title={t('offers')}
      rows={rows}
      empty={<Empty title={t('offers-empty')} next={t('offers-empty-next')} />}
    >
      {shown => (
        <Table caption={t('offers')} quiet columns={columns} rows={shown} rowKey={offer => offer.id} />
      )}
    </Listed>
  )
}

const TIMELINESS_MEANINGS: Readonly<Record<string, Meaning>> = {
  unwitnessed: 'unknown',
  late_so_far: 'waiting',
  in_time: 'done',
  late: 'stopped',
}

/** How an order stands to the deadline of the offer it takes up, and what to do when it is late. */
export function Acceptance({ order }: { order: OrderLine }) {
  const { t, term, pick } = useWords()
  const { acceptance } = order
  if (acceptance == null) return null
  return (
    <>
      <Mark meaning={TIMELINESS_MEANINGS[acceptance.timeliness] ?? 'unknown'}>
        {term('timeliness', acceptance.timeliness)}
      </Mark>
      <span className="settlement-detail">
        {t('deadline')}: <When at={acceptance.deadline} />
      </span>
      {acceptance.witness && acceptance.witnessed ? (
        <span className="settlement-detail">
          {t('first-received', { party: pick(acceptance.witness.names) })} <When at={acceptance.witnessed} />
        </span>
      ) : null}
      {acceptance.binds_nobody ? (
        <span className="order-push">{t('late-binds-nobody', { party: pick(order.assisting.names) })}</span>
      ) : null}
    </>
  )
}
