import type { BindLine, NextLine, PlanPage, PlanUnmet } from '../api/client'
import { number } from '../format'
import { Clause } from '../parts/clause'
import { Listed } from '../parts/listed'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { type Column, Table } from '../parts/table'
import { useWords } from '../words/words'
import { missing, ofCommodity, share } from './plan-time'

/** What stays unmet, place by place, with a small bar for each period. */
export function Unmet({ page, commodity }: { page: PlanPage; commodity: string | null }) {
  const { t, pick, locale } = useWords()
  const columns: Column<PlanUnmet>[] = [
    { id: 'place', title: t('place'), cell: line => pick(line.place_names), heads: true },
    { id: 'what', title: t('commodity'), cell: line => pick(line.names) },
    { id: 'bars', title: t('plan-over-time'), cell: line => <Bars line={line} /> },
    { id: 'share', title: t('plan-share-unmet'), cell: line => share(line.share_ppm, locale), numeric: true },
    { id: 'burden', title: t('plan-burden-share'), cell: line => share(line.burden_ppm, locale, 2), numeric: true },
    {
      id: 'why',
      title: t('why'),
      cell: line => (
        <ul className="plain-list">
          {line.binds.slice(0, 2).map((bind, position) => (
            <li key={position}>
              <Bind bind={bind} />
            </li>
          ))}
        </ul>
      ),
    },
  ]
  return (
    <Listed
      id="plan-unmet"
      title={t('unmet-title')}
      rows={ofCommodity(page.unmet, commodity)}
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

/** The share missing in each period; the figures stand beside it and are said aloud. */
function Bars({ line }: { line: PlanUnmet }) {
  const { t, locale } = useWords()
  const shares = missing(line)
  const width = 120 / Math.max(1, shares.length)
  const [first = 0] = shares
  const last = shares.at(-1) ?? 0
  const most = Math.max(0, ...shares)
  const say = (part: number) => share(part * 1e6, locale, 0)
  return (
    <svg
      viewBox="0 0 120 28"
      className="plan-bars"
      preserveAspectRatio="none"
      role="img"
      aria-label={t('plan-bars', { first: say(first), most: say(most), last: say(last) })}
    >
      <path d="M0,27.5H120" className="plan-bars-ground" />
      {shares.map((part, period) => (
        <rect
          key={period}
          x={period * width}
          y={27 - part * 26}
          width={Math.max(0.6, width - 0.8)}
          height={part * 26}
          className="plan-bars-missing"
        />
      ))}
    </svg>
  )
}

function Bind({ bind }: { bind: BindLine }) {
  const { pick } = useWords()
  return (
    <>
      <Mark meaning="stopped">{pick(bind.words)}</Mark>
      {bind.clause ? (
        <>
          {' '}
          <Clause clause={bind.clause} />
        </>
      ) : null}
    </>
  )
}

/** What binds most, over all needs. */
export function Binds({ binds }: { binds: readonly BindLine[] }) {
  const { t, locale } = useWords()
  const columns: Column<BindLine>[] = [
    { id: 'what', title: t('why'), cell: bind => <Bind bind={bind} />, heads: true },
    { id: 'needs', title: t('plan-needs'), cell: bind => number(bind.needs, locale), numeric: true },
    { id: 'burden', title: t('plan-burden-share'), cell: bind => share(bind.burden_ppm, locale, 2), numeric: true },
  ]
  return (
    <Listed
      id="plan-binds"
      title={t('plan-binds')}
      rows={binds}
      empty={<Empty title={t('unmet-empty')} next={t('unmet-empty-next')} />}
    >
      {rows => (
        <>
          <p className="note">{t('plan-binds-note')}</p>
          <Table caption={t('plan-binds')} quiet columns={columns} rows={rows} rowKey={(_, position) => position} />
        </>
      )}
    </Listed>
  )
}

/** The changes that would help most. */
export function Next({ next }: { next: readonly NextLine[] }) {
  const { t, term, pick, locale } = useWords()
  const columns: Column<NextLine>[] = [
    {
      id: 'change',
      title: t('plan-change'),
      cell: line => (
        <>
          {term('plan-next', line.kind)}: {line.clause ? <Clause clause={line.clause} words /> : pick(line.what)}
        </>
      ),
      heads: true,
    },
    { id: 'gain', title: t('plan-gain'), cell: line => share(line.gain_ppm, locale, 2), numeric: true },
    {
      id: 'between',
      title: t('plan-between'),
      cell: line =>
        t('range', { low: share(line.least_ppm, locale, 2), high: share(line.most_ppm, locale, 2) }),
      numeric: true,
    },
    {
      id: 'sure',
      title: t('plan-sure'),
      cell: line => (
        <Mark meaning={line.least_ppm > 0 ? 'done' : 'unknown'}>
          {t(line.least_ppm > 0 ? 'plan-sure-yes' : 'plan-sure-no')}
        </Mark>
      ),
      short: true,
    },
  ]
  return (
    <Listed
      id="plan-next"
      title={t('plan-next')}
      rows={next}
      empty={<Empty title={t('plan-next-empty')} next={t('plan-next-empty-next')} />}
    >
      {rows => (
        <>
          <p className="note">{t('plan-next-note')}</p>
          <Table
            caption={t('plan-next')}
            quiet
            columns={columns}
            rows={rows}
            rowKey={(line, position) => `${line.kind}/${position}`}
          />
        </>
      )}
    </Listed>
  )
}
