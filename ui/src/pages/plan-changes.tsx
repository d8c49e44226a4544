import type { MoveChange, PlanPage } from '../api/client'
import { amount, units } from '../format'
import { Listed } from '../parts/listed'
import { Mark, type Meaning } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { When } from '../parts/when'
import { useWords } from '../words/words'

type Replan = NonNullable<PlanPage['replan']>
type UnderWay = Replan['under_way'][number]

const MEANINGS: Readonly<Record<string, Meaning>> = {
  kept: 'done',
  added: 'moving',
  larger: 'moving',
  sooner: 'moving',
  dropped: 'stopped',
  smaller: 'waiting',
  later: 'waiting',
  rerouted: 'waiting',
}

/** What the plan changes against the one before, and what is under way whatever it says. */
export function Changes({ replan }: { replan: Replan }) {
  const { t, term, pick, locale } = useWords()
  const changed = replan.changes.filter(change => change.kind !== 'kept')
  const columns: Column<MoveChange>[] = [
    {
      id: 'kind',
      title: t('plan-change'),
      cell: change => (
        <Mark meaning={MEANINGS[change.kind] ?? 'unknown'}>{term('plan-replan', change.kind)}</Mark>
      ),
      short: true,
    },
    { id: 'what', title: t('commodity'), cell: change => pick(change.names), heads: true },
    { id: 'giver', title: t('giver'), cell: change => <Party party={change.giver} /> },
    { id: 'place', title: t('receiver'), cell: change => pick(change.place) },
    { id: 'before', title: t('plan-before'), cell: change => units(change.before, change.unit, locale, t), numeric: true },
    { id: 'now', title: t('plan-now'), cell: change => units(change.now, change.unit, locale, t), numeric: true },
    {
      id: 'arrived',
      title: t('plan-arrived-before'),
      cell: change => (change.arrived ? <When at={change.arrived} /> : t('none')),
    },
    { id: 'arrives', title: t('arrives'), cell: change => (change.arrives ? <When at={change.arrives} /> : t('none')) },
    {
      id: 'why',
      title: t('why'),
      cell: change => (
        <ul className="plain-list">
          {change.causes.map(cause => (
            <li key={`${cause.code}/${cause.what ? pick(cause.what) : ''}`}>
              {term('plan-cause', cause.code)}
              {cause.what ? `: ${pick(cause.what)}` : null}
            </li>
          ))}
        </ul>
      ),
    },
  ]
  return (
    <>
      <Listed
        id="plan-changes"
        title={t('plan-changes')}
        rows={changed}
        empty={<Empty title={t('plan-changes-empty')} next={t('plan-changes-empty-next')} />}
      >
        {rows => (
          <>
            <p className="note">
              {t('plan-changes-note', { kept: replan.changes.length - changed.length, past: replan.past })} <When at={replan.before_start} />
            </p>
            <Table
              caption={t('plan-changes')}
              quiet
              columns={columns}
              rows={rows}
              rowKey={(change, position) => `${change.giver.id}/${position}`}
            />
          </>
        )}
      </Listed>
      {replan.under_way.length === 0 ? null : <UnderWayTable rows={replan.under_way} />}
    </>
  )
}

/** What is ordered already: the plan counts on it and does not touch it. */
function UnderWayTable({ rows }: { rows: readonly UnderWay[] }) {
  const { t, pick, locale } = useWords()
  const columns: Column<UnderWay>[] = [
    { id: 'what', title: t('commodity'), cell: line => pick(line.names), heads: true },
    { id: 'giver', title: t('giver'), cell: line => <Party party={line.giver} /> },
    { id: 'place', title: t('receiver'), cell: line => pick(line.place) },
    { id: 'committed', title: t('need-committed'), cell: line => amount(line.committed, locale, t), numeric: true },
    { id: 'shipped', title: t('need-shipped'), cell: line => amount(line.shipped, locale, t), numeric: true },
  ]
  return (
    <Listed id="plan-under-way" title={t('plan-under-way')} rows={rows} empty={null}>
      {shown => (
        <>
          <p className="note">{t('plan-under-way-note')}</p>
          <Table caption={t('plan-under-way')} quiet columns={columns} rows={shown} rowKey={line => line.order} />
        </>
      )}
    </Listed>
  )
}
