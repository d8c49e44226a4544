import type { CasePage, OrderLine } from '../api/client'
import { amount, money, number } from '../format'
import { Clause } from '../parts/clause'
import { Listed } from '../parts/listed'
import { Mark, type Meaning } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { When } from '../parts/when'
import { useWords, type Words } from '../words/words'
import { Acceptance } from './case-offers'
import { orderProgress, STEPS } from './lane'

const STAGE_MEANINGS: Readonly<Record<string, Meaning>> = {
  requisitioned: 'waiting',
  committed: 'moving',
  in_fulfilment: 'moving',
  delivered: 'moving',
  accepted: 'moving',
  settling: 'waiting',
  closed: 'done',
  refused: 'stopped',
  cancelled: 'stopped',
}

/** Every order: what waits for somebody first. */
export function OrderTable({ page, pointed }: { page: CasePage; pointed: string | undefined }) {
  const words = useWords()
  const { t } = words
  const kinds = new Map(page.timeline.map(act => [act.kind, act.kind_names]))
  const kindName = (kind: string) => {
    const names = kinds.get(kind)
    return names === undefined ? words.term('kind', kind) : words.pick(names)
  }
  const rank = (order: OrderLine) =>
    order.id === pointed ? -1 : order.next != null ? 0 : order.stage === 'closed' ? 2 : 1
  const sorted = [...page.orders].sort((a, b) => rank(a) - rank(b) || a.time.localeCompare(b.time))
  return (
    <Listed
      id="orders"
      title={t('orders')}
      rows={sorted}
      empty={<Empty title={t('orders-empty')} next={t('orders-empty-next')} />}
    >
      {rows => (
        <Table
          caption={t('orders')}
          quiet
          columns={orderColumns(words, kindName)}
          rows={rows}
          rowKey={order => order.id}
          pointed={order => order.id === pointed}
        />
      )}
    </Listed>
  )
}

function orderColumns(words: Words, kindName: (kind: string) => string): Column<OrderLine>[] {
  const { t, locale } = words
  const quantity = (
    id: 'ordered' | 'committed' | 'shipped' | 'accepted' | 'rejected' | 'short',
  ): Column<OrderLine> => ({
    id,
    title: t(`quantity-${id}`),
    cell: order => (
      <span className={order[id].milli === 0 ? 'nought' : undefined}>
        {number(order[id].milli / 1000, locale)}
      </span>
    ),
    numeric: true,
  })
  return [
    { id: 'order', title: t('order'), cell: order => <What order={order} />, heads: true },
    {
      id: 'parties',
      title: t('from-to'),
      cell: order => (
        <>
          <Party party={order.assisting} /> → <Party party={order.requesting} />
        </>
      ),
    },
    { id: 'progress', title: t('progress'), cell: order => <Progress order={order} /> },
    { id: 'next', title: t('next'), cell: order => <Next order={order} kindName={kindName} /> },
    quantity('ordered'),
    quantity('committed'),
    quantity('shipped'),
    quantity('accepted'),
    quantity('rejected'),
    quantity('short'),
    { id: 'settlement', title: t('settlement'), cell: order => <Settlement order={order} /> },
    {
      id: 'clause',
      title: t('clause'),
      cell: order => (order.clause ? <Clause clause={order.clause} /> : t('none')),
    },
  ]
}

function What({ order }: { order: OrderLine }) {
  const { t, pick, locale } = useWords()
  return (
    <>
      <span className="order-what">
        {pick(order.names)} {amount(order.ordered, locale, t)}
      </span>
      <span className="order-where">
        {pick(order.place_names)} · <When at={order.time} /> · <Tag id={order.id} />
      </span>
      {order.pushed ? <span className="order-push">{t('pushed')}</span> : null}
    </>
  )
}

/** The steps of one order as shapes, with the stage in words. */
function Progress({ order }: { order: OrderLine }) {
  const { t, term } = useWords()
  const progress = orderProgress(order)
  // Push support needs no request, and an order may stand without an offer.
  const steps = STEPS.filter(step => step !== 'offer' && !(order.pushed && step === 'request'))
  return (
    <>
      <Mark meaning={STAGE_MEANINGS[order.stage] ?? 'unknown'}>{term('stage', order.stage)}</Mark>
      <ol className="steps">
        {steps.map(step => (
          <li key={step} className={`step step-${progress[step] ?? 'ahead'}`}>
            <span className="unseen">
              {t('step-state', {
                step: t(`step-${step}`),
                state: t(`meaning-${progress[step] ?? 'ahead'}`),
              })}
            </span>
          </li>
        ))}
      </ol>
      <Acceptance order={order} />
    </>
  )
}

function Next({ order, kindName }: { order: OrderLine; kindName: (kind: string) => string }) {
  const { t } = useWords()
  if (order.next == null) return <>{t('nobody')}</>
  return (
    <span className="next">
      <Party party={order.next} />
      {order.next_kind ? <span className="next-kind">{kindName(order.next_kind)}</span> : null}
    </span>
  )
}

function Settlement({ order }: { order: OrderLine }) {
  const { t, term, locale } = useWords()
  const { obligation } = order
  return (
    <>
      <span>{term('settlement', order.mode)}</span>
      {order.price ? (
        <span className="settlement-detail">{t('unit-price', { sum: money(order.price, locale) })}</span>
      ) : null}
      {obligation ? (
        <span className="settlement-detail">
          {term('obligation', obligation.stage)}
          {obligation.sum ? ` · ${money(obligation.sum, locale)}` : null}
          {obligation.goods ? ` · ${amount(obligation.goods, locale, t)}` : null}
          {obligation.due ? (
            <>
              {' · '}
              {t('due')} <When at={obligation.due} />
            </>
          ) : null}
          {obligation.exercise ? <em className="exercise-note">{t('owes-nothing')}</em> : null}
        </span>
      ) : null}
    </>
  )
}

interface Shipped {
  order: OrderLine
  shipment: OrderLine['shipments'][number]
}

/** Every shipment with what its receiver found. */
export function ShipmentTable({ orders }: { orders: readonly OrderLine[] }) {
  const { t, term, pick, locale } = useWords()
  const rows = orders
    .flatMap(order => order.shipments.map(shipment => ({ order, shipment })))
    .sort((a, b) => a.shipment.departs.localeCompare(b.shipment.departs))
  const columns: Column<Shipped>[] = [
    {
      id: 'what',
      title: t('shipment'),
      cell: ({ order, shipment }) => (
        <>
          {pick(order.names)} {amount(shipment.amount, locale, t)} <Tag id={shipment.id} />
        </>
      ),
      heads: true,
    },
    { id: 'pallets', title: t('pallets'), cell: ({ shipment }) => number(shipment.pallets, locale), numeric: true },
    { id: 'links', title: t('way'), cell: ({ shipment }) => shipment.links.join(' → ') },
    { id: 'departs', title: t('departs'), cell: ({ shipment }) => <When at={shipment.departs} /> },
    { id: 'arrives', title: t('arrives'), cell: ({ shipment }) => <When at={shipment.arrives} /> },
    {
      id: 'stage',
      title: t('stage'),
      cell: ({ shipment }) => (
        <Mark meaning={shipment.stage === 'received' ? 'done' : 'moving'}>
          {term('shipment', shipment.stage)}
        </Mark>
      ),
    },
    {
      id: 'received',
      title: t('received-at'),
      cell: ({ shipment }) => (shipment.received ? <When at={shipment.received} all /> : t('not-yet')),
    },
    { id: 'found', title: t('found'), cell: ({ shipment }) => <Found shipment={shipment} /> },
  ]
  return (
    <Listed
      id="shipments"
      title={t('shipments')}
      rows={rows}
      empty={<Empty title={t('shipments-empty')} next={t('shipments-empty-next')} />}
    >
      {shown => (
        <Table
          caption={t('shipments')}
          quiet
          columns={columns}
          rows={shown}
          rowKey={({ shipment }) => shipment.id}
        />
      )}
    </Listed>
  )
}

function Found({ shipment }: { shipment: Shipped['shipment'] }) {
  const { t, locale } = useWords()
  if (!shipment.received) return <>{t('none')}</>
  return (
    <>
      {t('found-detail', {
        accepted: number(shipment.accepted.milli / 1000, locale),
        rejected: number(shipment.rejected.milli / 1000, locale),
        short: number(shipment.short.milli / 1000, locale),
      })}
      {shipment.reason ? <span className="settlement-detail">{shipment.reason}</span> : null}
    </>
  )
}
