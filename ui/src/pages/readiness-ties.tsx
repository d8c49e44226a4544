import type {
  ReadinessCut,
  ReadinessDependence,
  ReadinessDrill,
  ReadinessReport,
  ReadinessSubstitute,
} from '../api/client'
import { number, percent } from '../format'
import { Clause } from '../parts/clause'
import { Listed } from '../parts/listed'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { When } from '../parts/when'
import { useWords, type Words } from '../words/words'
import { ofCommodity } from './plan-time'
import { type FileGroup, fileGroups } from './readiness-figures'
import { Told, ToldCount, ToldShare } from './readiness-told'

interface OfCommodityProps {
  report: ReadinessReport
  commodity: string | null
}

/** Under what something is given: an agreement by its title, otherwise in a word. */
function underWords(
  line: Pick<ReadinessDependence, 'under' | 'agreement'>,
  { term, pick }: Pick<Words, 'term' | 'pick'>,
): string {
  return line.agreement ? pick(line.agreement) : term('readiness-under', line.under)
}

/** Who relies on whom: what comes under agreements at once, own stock and own law on demand. */
export function Dependence({ report, commodity }: OfCommodityProps) {
  const words = useWords()
  const { t, pick, locale } = words
  const lines = ofCommodity(report.dependence, commodity)
  const under = lines.filter(line => line.under === 'agreement')
  const own = lines.filter(line => line.under !== 'agreement')
  const columns: Column<ReadinessDependence>[] = [
    { id: 'country', title: t('readiness-country'), cell: line => pick(line.country), heads: true },
    { id: 'what', title: t('commodity'), cell: line => pick(line.names) },
    { id: 'giver', title: t('giver'), cell: line => <Party party={line.giver} /> },
    { id: 'under', title: t('readiness-under'), cell: line => underWords(line, words) },
    { id: 'scenarios', title: t('readiness-scenarios'), cell: line => number(line.scenarios, locale), numeric: true },
    { id: 'share', title: t('readiness-share-got'), cell: line => <ToldShare of={line.share} />, numeric: true },
  ]
  const table = (rows: readonly ReadinessDependence[]) => (
    <Table
      caption={t('readiness-dependence')}
      quiet
      columns={columns}
      rows={rows}
      rowKey={(line, position) => `${line.commodity}/${line.giver.id}/${position}`}
    />
  )
  return (
    <>
      <Listed
        id="readiness-dependence"
        title={t('readiness-dependence')}
        rows={under}
        empty={<Empty title={t('readiness-dependence-none')} next={t('readiness-dependence-none-next')} />}
      >
        {table}
      </Listed>
      {own.length === 0 ? null : (
        <details className="panel">
          <summary>{t('readiness-dependence-own', { count: own.length })}</summary>
          {table(own)}
        </details>
      )}
    </>
  )
}

/** Whether a cut costs anything in any resample. */
function costs({ person_days }: Pick<ReadinessCut, 'person_days'>): boolean {
  return person_days.high > 0
}

/** What would be lost if something were suspended or cut; what costs nothing is counted. */
export function Cuts({ report }: { report: ReadinessReport }) {
  const { t, pick, locale } = useWords()
  const lines = report.cuts.filter(costs)
  const idle = report.cuts.length - lines.length
  const nameOf = (line: ReadinessCut) => {
    const name = line.names ? pick(line.names) : line.counterfactual
    if (line.clause) {
      return (
        <>
          {t('readiness-suspended', { what: name })} <Clause clause={line.clause} words />
        </>
      )
    }
    if (line.kind === 'national_ties') return t('readiness-cut-national-ties')
    if (line.kind === 'link') return t('readiness-cut-link', { link: name })
    return t('readiness-suspended', { what: name })
  }
  const columns: Column<ReadinessCut>[] = [
    { id: 'cut', title: t('readiness-cut'), cell: nameOf, heads: true },
    { id: 'scenarios', title: t('readiness-harms-in'), cell: line => number(line.scenarios, locale), numeric: true },
    { id: 'unused', title: t('readiness-unused-in'), cell: line => number(line.unused, locale), numeric: true },
    { id: 'share', title: t('readiness-lost'), cell: line => <ToldShare of={line.share} />, numeric: true },
    { id: 'days', title: t('readiness-days-lost'), cell: line => <ToldCount of={line.person_days} />, numeric: true },
  ]
  return (
    <Listed
      id="readiness-cuts"
      title={t('readiness-cuts')}
      rows={lines}
      empty={<Empty title={t('readiness-cuts-none')} next={t('readiness-cuts-none-next')} />}
    >
      {rows => (
        <>
          <p className="note">
            {t('readiness-cuts-note', { scenarios: number(report.sample.harmful, locale), idle: number(idle, locale) })}
          </p>
          <Table caption={t('readiness-cuts')} quiet columns={columns} rows={rows} rowKey={line => line.counterfactual} />
        </>
      )}
    </Listed>
  )
}

/** Who gives more or less when an agreement is suspended. */
export function Substitutes({ report, commodity }: OfCommodityProps) {
  const words = useWords()
  const { t, pick, locale } = words
  const signed = (ppm: number, locale: string) => (ppm > 0 ? `+${percent(ppm, locale)}` : percent(ppm, locale))
  const columns: Column<ReadinessSubstitute>[] = [
    { id: 'cut', title: t('readiness-cut'), cell: line => t('readiness-suspended', { what: pick(line.suspended) }), heads: true },
    { id: 'what', title: t('commodity'), cell: line => pick(line.names) },
    { id: 'giver', title: t('giver'), cell: line => <Party party={line.giver} /> },
    { id: 'under', title: t('readiness-under'), cell: line => underWords(line, words) },
    { id: 'scenarios', title: t('readiness-scenarios'), cell: line => number(line.scenarios, locale), numeric: true },
    { id: 'share', title: t('readiness-given'), cell: line => <Told of={line.share} as={signed} />, numeric: true },
  ]
  return (
    <Listed
      id="readiness-substitutes"
      title={t('readiness-substitutes')}
      rows={ofCommodity(report.substitutes, commodity)}
      empty={<Empty title={t('readiness-substitutes-none')} next={t('readiness-substitutes-none-next')} />}
    >
      {rows => (
        <Table
          caption={t('readiness-substitutes')}
          quiet
          columns={columns}
          rows={rows}
          rowKey={(line, position) => `${line.commodity}/${line.giver.id}/${position}`}
        />
      )}
    </Listed>
  )
}

/** The drills of the run, told apart from its figures. */
export function Drills({ drills }: { drills: readonly ReadinessDrill[] }) {
  const { t, locale } = useWords()
  if (drills.length === 0) return null
  const columns: Column<ReadinessDrill>[] = [
    { id: 'drill', title: t('readiness-drill'), cell: line => <code>{line.drill}</code>, heads: true },
    { id: 'origin', title: t('event-origin'), cell: line => <When at={line.origin} /> },
    { id: 'displaced', title: t('readiness-displaced'), cell: line => number(line.displaced, locale), numeric: true },
    {
      id: 'share',
      title: t('readiness-unmet-share'),
      cell: line => (line.share_ppm == null ? t('none') : percent(line.share_ppm, locale)),
      numeric: true,
    },
  ]
  return (
    <section className="panel" aria-labelledby="readiness-drills">
      <h2 id="readiness-drills">{t('readiness-drills')}</h2>
      <Table caption={t('readiness-drills')} quiet columns={columns} rows={drills} rowKey={line => line.drill} />
    </section>
  )
}

/** The files behind the page, to keep or to count again. */
export function Files({ report }: { report: ReadinessReport }) {
  const { t, term, locale } = useWords()
  const columns: Column<FileGroup>[] = [
    { id: 'table', title: t('readiness-table'), cell: group => <code>{group.name}</code>, heads: true },
    { id: 'holds', title: t('readiness-holds'), cell: group => term('readiness-holds', group.name) },
    {
      id: 'rows',
      title: t('readiness-rows'),
      cell: group => (group.rows === null ? t('none') : number(group.rows, locale)),
      numeric: true,
    },
    {
      id: 'files',
      title: t('readiness-download'),
      cell: group => (
        <span className="readiness-files">
          {group.endings.map(ending => (
            <a key={ending} href={address(report.run, `${group.name}.${ending}`)} download>
              {`${group.name}.${ending}`}
            </a>
          ))}
        </span>
      ),
    },
  ]
  return (
    <section className="panel" aria-labelledby="readiness-files">
      <h2 id="readiness-files">{t('readiness-files')}</h2>
      <p className="note">{t('readiness-files-note')}</p>
      <Table
        caption={t('readiness-files')}
        quiet
        columns={columns}
        rows={fileGroups(report.files)}
        rowKey={group => group.name}
      />
    </section>
  )
}

function address(run: string, file: string): string {
  return `/api/v1/readiness/${encodeURIComponent(run)}/${encodeURIComponent(file)}`
}
