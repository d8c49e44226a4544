import { useQuery } from '@tanstack/react-query'
import type { NeighbourLine, NodePage } from '../api/client'
import { neighboursQuery, nodeQuery } from '../api/queries'
import { number } from '../format'
import { Answer } from '../parts/answer'
import { Mark, type Meaning } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { Doctor } from './doctor'

/** This node and its neighbours: who answers, how far behind, and whether all agree. */
export default function NodesPage() {
  const { t } = useWords()
  const node = useQuery(nodeQuery)
  const neighbours = useQuery(neighboursQuery)
  return (
    <>
      <div className="heading">
        <h1>{t('page-nodes')}</h1>
        <p>{t('nodes-lead')}</p>
      </div>
      <Doctor />
      <section className="panel" aria-labelledby="this-node">
        <h2 id="this-node">{t('this-node')}</h2>
        <Answer query={node}>{page => <ThisNode node={page} />}</Answer>
      </section>
      <Answer query={neighbours}>
        {page => (
          <>
            <section className="panel" aria-labelledby="neighbours">
              <h2 id="neighbours">{t('neighbours')}</h2>
              <p className="note">
                {t('as-of')} <When at={page.as_of} all />
              </p>
              {page.neighbours.length === 0 ? (
                <Empty title={t('neighbours-empty')} next={t('neighbours-empty-next')} />
              ) : (
                <NeighbourTable neighbours={page.neighbours} />
              )}
            </section>
            <SharedMatters neighbours={page.neighbours} />
          </>
        )}
      </Answer>
    </>
  )
}

function ThisNode({ node }: { node: NodePage }) {
  const { t, locale } = useWords()
  const facts: readonly [string, React.ReactNode][] = [
    [t('party'), <Party key="party" party={node.party} id />],
    [t('node-time'), <When key="time" at={node.time} all />],
    [t('acts-stored'), number(node.acts, locale)],
    [t('version'), node.version],
    [t('incarnation'), node.incarnation],
    [t('identity'), <code key="identity" className="digest">{node.identity}</code>],
    [t('node-key'), <code key="key" className="digest">{node.key}</code>],
    [t('register'), <code key="register" className="digest">{node.register_root}</code>],
  ]
  return (
    <>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{t('identity-note')}</p>
      <Officers officers={node.officers} />
    </>
  )
}

type OfficerLine = NodePage['officers'][number]

function Officers({ officers }: { officers: readonly OfficerLine[] }) {
  const { t } = useWords()
  const columns: Column<OfficerLine>[] = [
    {
      id: 'name',
      title: t('officer'),
      cell: officer => (
        <>
          {officer.name} <code>{officer.id}</code>
        </>
      ),
      heads: true,
    },
    {
      id: 'kinds',
      title: t('mandate'),
      cell: officer =>
        officer.kinds.includes('*') ? t('mandate-all') : <Kinds kinds={officer.kinds} />,
    },
    { id: 'needed', title: t('officers-needed'), cell: officer => officer.officers_needed, numeric: true },
    { id: 'until', title: t('mandate-until'), cell: officer => <When at={officer.not_after} /> },
  ]
  if (officers.length === 0) return <Empty title={t('officers-empty')} next={t('officers-empty-next')} />
  return <Table caption={t('officers')} columns={columns} rows={officers} rowKey={officer => officer.id} />
}

function Kinds({ kinds }: { kinds: readonly string[] }) {
  const { t, term } = useWords()
  return <>{kinds.map(kind => term('kind', kind)).join(t('list-separator'))}</>
}

function NeighbourTable({ neighbours }: { neighbours: readonly NeighbourLine[] }) {
  const { t, locale } = useWords()
  const columns: Column<NeighbourLine>[] = [
    {
      id: 'party',
      title: t('party'),
      cell: line => (
        <>
          <Party party={line.party} id />
          <code className="order-where">{line.url}</code>
        </>
      ),
      heads: true,
    },
    {
      id: 'reachable',
      title: t('reach'),
      cell: line => (
        <>
          <Mark meaning={line.reachable ? 'done' : 'stopped'}>
            {t(line.reachable ? 'reach-yes' : 'reach-no')}
          </Mark>
          {line.silent_since ? (
            <span className="order-where">
              {t('silent-since')} <When at={line.silent_since} />
            </span>
          ) : null}
        </>
      ),
    },
    {
      id: 'heard',
      title: t('last-heard'),
      cell: line => (line.last_heard ? <When at={line.last_heard} all /> : t('never')),
    },
    { id: 'cursor', title: t('cursor'), cell: line => number(line.cursor, locale), numeric: true },
    { id: 'head', title: t('head'), cell: line => number(line.head, locale), numeric: true },
    {
      id: 'lag',
      title: t('lag'),
      cell: line => number(Math.max(0, line.head - line.cursor), locale),
      numeric: true,
    },
    {
      id: 'cosigned',
      title: t('cosigned'),
      cell: line => <Cosigned line={line} />,
    },
    {
      id: 'failure',
      title: t('last-failure'),
      cell: line => (line.failure ? <code className="failure">{line.failure}</code> : t('none')),
    },
  ]
  return (
    <Table
      caption={t('neighbours')}
      quiet
      columns={columns}
      rows={neighbours}
      rowKey={line => line.party.id}
    />
  )
}

/** Whether a neighbour has witnessed this node's register, and up to which act. */
function Cosigned({ line: { cosigned } }: { line: NeighbourLine }) {
  const { t, locale } = useWords()
  if (!cosigned) return <Mark meaning="unknown">{t('cosigned-no')}</Mark>
  return (
    <>
      <Mark meaning="done">{t('cosigned-yes', { count: number(cosigned.size, locale) })}</Mark>
      <span className="order-where">
        <When at={cosigned.time} />
      </span>
    </>
  )
}

interface Compared {
  neighbour: NeighbourLine
  matter: NeighbourLine['matters'][number]
}

const COMPARED: Readonly<Record<string, Meaning>> = {
  equal: 'done',
  behind: 'moving',
  diverged: 'stopped',
  unknown: 'unknown',
}

/** The digests of every shared matter, here and there: equal digests mean equal states. */
function SharedMatters({ neighbours }: { neighbours: readonly NeighbourLine[] }) {
  const { t, term, pick } = useWords()
  const rows = neighbours.flatMap(neighbour =>
    neighbour.matters.map(matter => ({ neighbour, matter })),
  )
  const columns: Column<Compared>[] = [
    { id: 'matter', title: t('matter'), cell: ({ matter }) => pick(matter.title), heads: true },
    { id: 'party', title: t('neighbour'), cell: ({ neighbour }) => <Party party={neighbour.party} /> },
    {
      id: 'agreement',
      title: t('comparison'),
      cell: ({ matter }) => (
        <Mark meaning={COMPARED[matter.agreement] ?? 'unknown'}>{term('compared', matter.agreement)}</Mark>
      ),
    },
    { id: 'here', title: t('digest-here'), cell: ({ matter }) => <Tag id={matter.here} /> },
    {
      id: 'there',
      title: t('digest-there'),
      cell: ({ matter }) => (matter.there ? <Tag id={matter.there} /> : t('none')),
    },
  ]
  return (
    <section className="panel" aria-labelledby="shared">
      <h2 id="shared">{t('shared-matters')}</h2>
      <p className="note">{t('shared-note')}</p>
      {rows.length === 0 ? (
        <Empty title={t('shared-empty')} next={t('shared-empty-next')} />
      ) : (
        <Table
          caption={t('shared-matters')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={({ neighbour, matter }) => `${neighbour.party.id}/${matter.matter}`}
        />
      )}
    </section>
  )
}
