import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { ReportPage as Report, SharedMatterReport } from '../api/client'
import { reportQuery } from '../api/queries'
import { amount, duration, money, number } from '../format'
import { Answer } from '../parts/answer'
import { Choice } from '../parts/choice'
import { Clause } from '../parts/clause'
import { StatusBanner } from '../parts/exercise'
import { Listed } from '../parts/listed'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Tag } from '../parts/tag'
import { When } from '../parts/when'
import { useWords } from '../words/words'

// Plot is large and only this page draws.
const UnmetFigure = lazy(() => import('./report-chart'))

/** The after-action report of a case. */
export default function ReportPage({ id }: { id: string | undefined }) {
  const { t } = useWords()
  return id === undefined ? (
    <Empty title={t('case-empty')} next={t('case-empty-next')} />
  ) : (
    <Loaded id={id} />
  )
}

function Loaded({ id }: { id: string }) {
  const query = useQuery(reportQuery(id))
  return <Answer query={query}>{page => <Shown page={page} />}</Answer>
}

function Shown({ page }: { page: Report }) {
  const { t, pick } = useWords()
  return (
    <>
      <StatusBanner status={page.case.status} />
      <div className="heading">
        <h1>{t('report-title', { title: pick(page.case.title) })}</h1>
        <p className="as-of">
          {t('event-origin')} <When at={page.origin} all />
        </p>
      </div>
      <FirstAid page={page} />
      <Unmet page={page} />
      <Tallies tallies={page.clauses} />
      <Owed owed={page.owed} />
      <Digests digests={page.digests} />
      <Facts facts={page.facts} />
    </>
  )
}

function FirstAid({ page }: { page: Report }) {
  const { t } = useWords()
  const figures: readonly [string, number | null | undefined][] = [
    ['first-aid', page.first_aid_min],
    ['first-foreign-aid', page.first_foreign_aid_min],
  ]
  const equal = page.digests.filter(line => line.equal).length
  return (
    <section className="answers" aria-label={t('report-figures')}>
      {figures.map(([id, minutes]) => (
        <div key={id} className="answered">
          <h2>{t(id)}</h2>
          <p className="answered-value">
            <strong>{minutes == null ? t('not-arrived') : duration(minutes, t)}</strong>
          </p>
          <p className="answered-detail">{t(`${id}-detail`)}</p>
        </div>
      ))}
      <div className="answered">
        <h2>{t('report-agreed')}</h2>
        <p className="answered-value">
          <strong>{t('share', { part: equal, whole: page.digests.length })}</strong>
        </p>
        <p className="answered-detail">{t('report-agreed-detail')}</p>
      </div>
    </section>
  )
}

/** Unmet need over time, one commodity at a time: their units differ. */
function Unmet({ page }: { page: Report }) {
  const { t, pick } = useWords()
  const [chosen, setChosen] = useState<string | null>(null)
  const series = page.unmet.find(line => line.commodity === chosen) ?? page.unmet[0]
  return (
    <section className="panel" aria-labelledby="unmet">
      <h2 id="unmet">{t('report-unmet')}</h2>
      {series === undefined ? (
        <Empty title={t('report-unmet-empty')} next={t('report-unmet-empty-next')} />
      ) : (
        <>
          <Choice
            className="chart-choice"
            label={t('commodity')}
            options={page.unmet.map(line => ({ id: line.commodity, title: pick(line.names) }))}
            value={series.commodity}
            onChange={setChosen}
          />
          <Suspense fallback={<div className="chart-room" />}>
            <UnmetFigure series={series} />
          </Suspense>
        </>
      )}
    </section>
  )
}

type Tally = Report['clauses'][number]

function Tallies({ tallies }: { tallies: readonly Tally[] }) {
  const { t, pick, locale } = useWords()
  const columns: Column<Tally>[] = [
    { id: 'clause', title: t('clause'), cell: line => <Clause clause={line.clause} />, heads: true },
    { id: 'words', title: t('plain-words'), cell: line => pick(line.clause.caption) },
    { id: 'permitted', title: t('acts-permitted'), cell: line => number(line.permitted, locale), numeric: true },
    { id: 'refused', title: t('acts-refused'), cell: line => number(line.refused, locale), numeric: true },
  ]
  return (
    <Listed
      id="tallies"
      title={t('report-clauses')}
      rows={tallies}
      empty={<Empty title={t('report-clauses-empty')} next={t('report-clauses-empty-next')} />}
    >
      {rows => (
        <Table
          caption={t('report-clauses')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={line => `${line.clause.agreement}/${line.clause.clause}`}
        />
      )}
    </Listed>
  )
}

type Owing = Report['owed'][number]

function Owed({ owed }: { owed: readonly Owing[] }) {
  const { t, term, locale } = useWords()
  const columns: Column<Owing>[] = [
    { id: 'debtor', title: t('debtor'), cell: line => <Party party={line.debtor} />, heads: true },
    { id: 'creditor', title: t('creditor'), cell: line => <Party party={line.creditor} /> },
    { id: 'mode', title: t('settlement'), cell: line => term('settlement', line.mode) },
    {
      id: 'sum',
      title: t('owed'),
      cell: line =>
        [line.sum ? money(line.sum, locale) : null, line.goods ? amount(line.goods, locale, t) : null]
          .filter(part => part !== null)
          .join(' · '),
      numeric: true,
    },
    { id: 'stage', title: t('stage'), cell: line => term('obligation', line.stage) },
    { id: 'due', title: t('due'), cell: line => (line.due ? <When at={line.due} /> : t('none')) },
  ]
  return (
    <Listed
      id="owed"
      title={t('report-owed')}
      rows={owed}
      empty={<Empty title={t('report-owed-empty')} next={t('report-owed-empty-next')} />}
    >
      {rows => (
        <>
          {rows.some(line => line.exercise) ? <p className="exercise-note">{t('owes-nothing')}</p> : null}
          <Table
            caption={t('report-owed')}
            quiet
            columns={columns}
            rows={rows}
            rowKey={(_, position) => position}
          />
        </>
      )}
    </Listed>
  )
}

function Digests({ digests }: { digests: readonly SharedMatterReport[] }) {
  const { t, pick } = useWords()
  const columns: Column<SharedMatterReport>[] = [
    { id: 'matter', title: t('matter'), cell: line => pick(line.title), heads: true },
    {
      id: 'equal',
      title: t('comparison'),
      cell: line => (
        <Mark meaning={line.equal ? 'done' : 'stopped'}>
          {t(line.equal ? 'compared-equal' : 'compared-unequal')}
        </Mark>
      ),
    },
    {
      id: 'nodes',
      title: t('digest-nodes'),
      cell: line => (
        <ul className="plain-list">
          {line.nodes.map(node => (
            <li key={node.party.id}>
              <Party party={node.party} />: {node.digest ? <Tag id={node.digest} /> : t('not-heard')}{' '}
              <span className="note">{t('acts-count', { count: node.acts })}</span>
            </li>
          ))}
        </ul>
      ),
    },
  ]
  return (
    <Listed
      id="digests"
      title={t('report-digests')}
      rows={digests}
      empty={<Empty title={t('shared-empty')} next={t('shared-empty-next')} />}
    >
      {rows => (
        <Table caption={t('report-digests')} quiet columns={columns} rows={rows} rowKey={line => line.matter} />
      )}
    </Listed>
  )
}

type Fact = Report['facts'][number]

function Facts({ facts }: { facts: readonly Fact[] }) {
  const { t, pick, locale } = useWords()
  const sorted = [...facts].sort((a, b) => a.at_min - b.at_min)
  const columns: Column<Fact>[] = [
    { id: 'when', title: t('after-origin'), cell: fact => duration(fact.at_min, t), short: true },
    { id: 'what', title: t('what-happened'), cell: fact => pick(fact.caption), heads: true },
    { id: 'value', title: t('figure'), cell: fact => number(fact.value, locale), numeric: true },
    { id: 'source', title: t('source'), cell: fact => fact.source, small: true },
  ]
  return (
    <Listed
      id="facts"
      title={t('report-facts')}
      rows={sorted}
      empty={<Empty title={t('report-facts-empty')} next={t('report-facts-empty-next')} />}
    >
      {rows => (
        <Table
          caption={t('report-facts')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={(_, position) => position}
        />
      )}
    </Listed>
  )
}
