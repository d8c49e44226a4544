import type { NeedTotal } from '../api/client'
import { number, units } from '../format'
import { useWords } from '../words/words'
import { type Column, Table } from './table'

/** Needs against what was requested, committed, shipped and received: bars and figures in one. */
export function NeedBars({ needs, caption }: { needs: readonly NeedTotal[]; caption: string }) {
  const { t, pick, locale } = useWords()
  const figure = (id: string, value: (need: NeedTotal) => number): Column<NeedTotal> => ({
    id,
    title: t(`need-${id}`),
    cell: need => number(value(need), locale),
    numeric: true,
  })
  const columns: Column<NeedTotal>[] = [
    { id: 'commodity', title: t('commodity'), cell: need => pick(need.names), heads: true },
    { id: 'bar', title: t('need-bar'), cell: need => <NeedBar need={need} /> },
    {
      id: 'needed',
      title: t('need-needed'),
      cell: need => (
        <>
          {units(need.needed.central, need.unit, locale, t)}
          <span className="range">
            {t('range', { low: number(need.needed.low, locale), high: number(need.needed.high, locale) })}
          </span>
        </>
      ),
      numeric: true,
    },
    figure('stock', need => need.stock),
    {
      id: 'first-tranche',
      title: t('need-first-tranche'),
      cell: need => <strong>{units(need.first_tranche, need.unit, locale, t)}</strong>,
      numeric: true,
    },
    figure('requested', need => need.requested),
    figure('committed', need => need.committed),
    figure('shipped', need => need.shipped),
    figure('received', need => need.received),
    figure('unmet', need => need.unmet),
  ]
  return (
    <>
      <Table caption={caption} quiet columns={columns} rows={needs} rowKey={need => need.commodity} />
      <p className="note">{t('need-first-tranche-why')}</p>
      <ul className="bar-legend">
        <li className="bar-key-needed">{t('need-needed')}</li>
        <li className="bar-key-committed">{t('need-committed')}</li>
        <li className="bar-key-shipped">{t('need-shipped')}</li>
        <li className="bar-key-received">{t('need-received')}</li>
      </ul>
    </>
  )
}

/** One bar. The parts differ in height as well as in shade. */
function NeedBar({ need }: { need: NeedTotal }) {
  const { needed, committed, shipped, received } = need
  const full = Math.max(needed.high, committed, shipped, received, 1)
  const length = (value: number) => (Math.max(0, value) / full) * 200
  return (
    <svg viewBox="0 0 200 20" className="bar" aria-hidden="true" preserveAspectRatio="none">
      <rect y="1" width={length(needed.high)} height="18" className="bar-range" />
      <rect y="1" width={length(needed.central)} height="18" className="bar-needed" />
      <rect y="3" width={length(committed)} height="14" className="bar-committed" />
      <rect y="5.5" width={length(shipped)} height="9" className="bar-shipped" />
      <rect y="8" width={length(received)} height="4" className="bar-received" />
    </svg>
  )
}
