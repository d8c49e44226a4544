import type { FlowLine, LinkLine, SituationPage } from '../api/client'
import { amount, mass, units } from '../format'
import { Clause } from '../parts/clause'
import { Listed } from '../parts/listed'
import { Mark, type Meaning } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Day, When } from '../parts/when'
import { useWords } from '../words/words'

/** What moves: the same figures as the flows on the map. */
export function FlowTable({ flows, links }: { flows: readonly FlowLine[]; links: readonly LinkLine[] }) {
  const { t, pick, locale } = useWords()
  const sorted = [...flows].sort((a, b) => a.arrives.localeCompare(b.arrives))
  const linkNames = new Map(links.map(link => [link.id, pick(link.names)]))
  const columns: Column<FlowLine>[] = [
    { id: 'what', title: t('commodity'), cell: flow => pick(flow.names), heads: true },
    { id: 'amount', title: t('amount'), cell: flow => amount(flow.amount, locale, t), numeric: true },
    { id: 'giver', title: t('giver'), cell: flow => <Party party={flow.giver} /> },
    { id: 'receiver', title: t('receiver'), cell: flow => <Party party={flow.receiver} /> },
    {
      id: 'way',
      title: t('way'),
      cell: flow => flow.links.map(id => linkNames.get(id) ?? id).join(' → '),
    },
    { id: 'departs', title: t('departs'), cell: flow => <When at={flow.departs} /> },
    { id: 'arrives', title: t('arrives'), cell: flow => <When at={flow.arrives} all /> },
    { id: 'clause', title: t('clause'), cell: flow => <Clause clause={flow.clause} /> },
  ]
  return (
    <Listed
      id="flows"
      title={t('flows')}
      rows={sorted}
      empty={<Empty title={t('flows-empty')} next={t('flows-empty-next')} />}
    >
      {rows => (
        <Table caption={t('flows')} quiet columns={columns} rows={rows} rowKey={flowKey} />
      )}
    </Listed>
  )
}

/** Two flows may differ in nothing but the period they leave in, so the position counts too. */
function flowKey(flow: FlowLine, position: number): string {
  return [flow.giver.id, flow.place, flow.commodity, position].join('/')
}

type UnmetLine = SituationPage['unmet'][number]

/** What cannot be served, and what stops it. */
export function UnmetTable({ unmet }: { unmet: readonly UnmetLine[] }) {
  const { t, term, pick, locale } = useWords()
  const columns: Column<UnmetLine>[] = [
    { id: 'place', title: t('place'), cell: line => pick(line.place_names), heads: true },
    { id: 'what', title: t('commodity'), cell: line => pick(line.names) },
    { id: 'units', title: t('missing'), cell: line => units(line.units, line.unit, locale, t), numeric: true },
    { id: 'cause', title: t('cause'), cell: line => <Mark meaning="stopped">{term('unmet', line.cause)}</Mark>, short: true },
    { id: 'words', title: t('why'), cell: line => pick(line.words) },
  ]
  return (
    <Listed
      id="unmet"
      title={t('unmet-title')}
      rows={unmet}
      empty={<Empty title={t('unmet-empty')} next={t('unmet-empty-next')} />}
    >
      {rows => (
        <Table
          caption={t('unmet-title')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={(line, position) => `${line.place}/${line.commodity}/${position}`}
        />
      )}
    </Listed>
  )
}

const LINK_MEANINGS: Readonly<Record<string, Meaning>> = {
  open: 'done',
  restricted: 'waiting',
  suspended: 'stopped',
}

/** Links with status and cause: those that do not run as planned first. */
export function LinkTable({ links }: { links: readonly LinkLine[] }) {
  const { t, term, pick, locale } = useWords()
  const order = ['suspended', 'restricted', 'open']
  const sorted = [...links].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || b.planned_kg - a.planned_kg,
  )
  const columns: Column<LinkLine>[] = [
    { id: 'name', title: t('link'), cell: link => pick(link.names), heads: true },
    { id: 'mode', title: t('mode'), cell: link => term('mode', link.mode), short: true },
    {
      id: 'status',
      title: t('link-status'),
      cell: link => (
        <Mark meaning={LINK_MEANINGS[link.status] ?? 'unknown'}>{term('link', link.status)}</Mark>
      ),
      short: true,
    },
    { id: 'cause', title: t('cause'), cell: link => (link.cause ? term('cause', link.cause) : t('none')) },
    { id: 'since', title: t('since'), cell: link => (link.since ? <Day date={link.since} /> : t('none')), short: true },
    { id: 'planned', title: t('planned-mass'), cell: link => mass(link.planned_kg, locale, t), numeric: true },
    { id: 'source', title: t('source'), cell: link => link.source ?? t('none'), small: true },
  ]
  return (
    <Listed
      id="links"
      title={t('links')}
      rows={sorted}
      empty={<Empty title={t('links-empty')} next={t('links-empty-next')} />}
    >
      {rows => <Table caption={t('links')} quiet columns={columns} rows={rows} rowKey={link => link.id} />}
    </Listed>
  )
}

type ReachLine = SituationPage['reach'][number]

/** Parties of the case and whether their nodes answer. */
export function ReachTable({ reach }: { reach: readonly ReachLine[] }) {
  const { t } = useWords()
  const columns: Column<ReachLine>[] = [
    { id: 'party', title: t('party'), cell: line => <Party party={line.party} id />, heads: true },
    {
      id: 'reachable',
      title: t('reach'),
      cell: line => (
        <Mark meaning={line.reachable ? 'done' : 'stopped'}>
          {t(line.reachable ? 'reach-yes' : 'reach-no')}
        </Mark>
      ),
    },
    {
      id: 'heard',
      title: t('last-heard'),
      cell: line => (line.last_heard ? <When at={line.last_heard} all /> : t('never')),
    },
  ]
  return (
    <Listed
      id="reach"
      title={t('reach-title')}
      rows={reach}
      empty={<Empty title={t('reach-empty')} next={t('reach-empty-next')} />}
    >
      {rows => (
        <Table caption={t('reach-title')} quiet columns={columns} rows={rows} rowKey={line => line.party.id} />
      )}
    </Listed>
  )
}
