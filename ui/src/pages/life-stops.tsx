import type { LifeLine, NoticeLine, SuspensionLine } from '../api/client'
import { Clauses } from '../parts/clause'
import { Mark } from '../parts/mark'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { Day, When } from '../parts/when'
import { useWords } from '../words/words'

/** What was suspended, by whom and why; nothing when nothing was. */
export function Suspensions({ suspensions }: { suspensions: readonly SuspensionLine[] }) {
  const { t } = useWords()
  const columns: Column<SuspensionLine>[] = [
    {
      id: 'by',
      title: t('party'),
      cell: line => (
        <>
          <Party party={line.by} /> <Tag id={line.act} />
        </>
      ),
      heads: true,
    },
    {
      id: 'scope',
      title: t('suspended-what'),
      cell: line => (line.clauses.length === 0 ? t('suspended-whole') : <Clauses clauses={line.clauses} />),
    },
    { id: 'from', title: t('suspended-from'), cell: line => <Day date={line.from} /> },
    {
      id: 'until',
      title: t('suspended-until'),
      cell: line => (line.until == null ? t('term-open') : <Day date={line.until} />),
    },
    {
      id: 'holds',
      title: t('suspension-state'),
      cell: line => (
        <>
          <Mark meaning={line.holds ? 'stopped' : 'done'}>
            {t(line.holds ? 'suspension-holds' : 'suspension-over')}
          </Mark>
          {line.lifted == null ? null : (
            <span className="order-where">
              {t('suspension-lifted')} <Day date={line.lifted} />
            </span>
          )}
        </>
      ),
    },
    { id: 'cause', title: t('cause-given'), cell: line => <q className="cause">{line.cause}</q> },
  ]
  if (suspensions.length === 0) return null
  return (
    <section className="panel" aria-labelledby="suspensions">
      <h2 id="suspensions">{t('suspensions')}</h2>
      <Table
        caption={t('suspensions')}
        quiet
        columns={columns}
        rows={suspensions}
        rowKey={line => line.act}
      />
    </section>
  )
}

/** Notices with what was done with them, and ends that parties agreed to. */
export function Endings({ life }: { life: LifeLine }) {
  const { t } = useWords()
  if (life.notices.length === 0 && life.ends_agreed.length === 0) return null
  return (
    <section className="panel" aria-labelledby="endings">
      <h2 id="endings">{t('endings')}</h2>
      {life.notices.length === 0 ? null : <Notices notices={life.notices} />}
      {life.ends_agreed.length === 0 ? null : <EndsAgreed ends={life.ends_agreed} />}
    </section>
  )
}

function Notices({ notices }: { notices: readonly NoticeLine[] }) {
  const { t } = useWords()
  const columns: Column<NoticeLine>[] = [
    {
      id: 'by',
      title: t('notice-by'),
      cell: line => (
        <>
          <Party party={line.by} /> <Tag id={line.act} />
        </>
      ),
      heads: true,
    },
    { id: 'given', title: t('notice-given'), cell: line => <Day date={line.given} /> },
    { id: 'ends', title: t('notice-ends'), cell: line => <Day date={line.ends} /> },
    { id: 'steps', title: t('notice-steps'), cell: line => <NoticeSteps notice={line} /> },
    { id: 'cause', title: t('cause-given'), cell: line => <q className="cause">{line.cause}</q> },
  ]
  return <Table caption={t('notices')} columns={columns} rows={notices} rowKey={line => line.act} />
}

function NoticeSteps({ notice }: { notice: NoticeLine }) {
  const { t, term } = useWords()
  if (notice.steps.length === 0) return <>{t('none')}</>
  return (
    <ol className="plain-list">
      {notice.steps.map(step => (
        <li key={step.act}>
          <Day date={step.date} /> {term('notice-step', step.what)}
        </li>
      ))}
    </ol>
  )
}

type EndAgreed = LifeLine['ends_agreed'][number]

function EndsAgreed({ ends }: { ends: readonly EndAgreed[] }) {
  const { t } = useWords()
  const columns: Column<EndAgreed>[] = [
    {
      id: 'by',
      title: t('party'),
      cell: line => (
        <>
          <Party party={line.by} /> <Tag id={line.act} />
        </>
      ),
      heads: true,
    },
    { id: 'ends', title: t('end-agreed-day'), cell: line => <Day date={line.ends} /> },
    { id: 'time', title: t('time'), cell: line => <When at={line.time} all /> },
  ]
  return <Table caption={t('ends-agreed')} columns={columns} rows={ends} rowKey={line => line.act} />
}
