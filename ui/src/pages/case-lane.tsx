import type { CasePage } from '../api/client'
import { amount } from '../format'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { useWords } from '../words/words'
import { type LaneCell, laneRows, STEPS } from './lane'

const LINES_SHOWN = 3

/** The lane from need to settlement, one row for each party. */
export function Lane({ page }: { page: CasePage }) {
  const { t } = useWords()
  const rows = laneRows(page)
  if (rows.length === 0) return <Empty title={t('lane-empty')} next={t('lane-empty-next')} />
  return (
    <div className="lane-frame" role="group" aria-label={t('lane-caption')} tabIndex={0}>
      <table className="lane">
        <caption className="unseen">{t('lane-caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('party')}</th>
            {STEPS.map((step, i) => (
              <th key={step} scope="col">
                <span className="lane-number">{i + 1}</span> {t(`step-${step}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ party, cells }) => (
            <tr key={party.id}>
              <th scope="row">
                <Party party={party} id />
              </th>
              {STEPS.map(step => (
                <td key={step} className={cells[step] ? `lane-${cells[step].meaning}` : 'lane-none'}>
                  {cells[step] ? <Cell cell={cells[step]} /> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ cell }: { cell: LaneCell }) {
  const { t } = useWords()
  const rest = cell.lines.slice(LINES_SHOWN)
  return (
    <>
      <Mark meaning={cell.meaning}>
        {cell.waiting > 0 ? t('lane-waiting', { count: cell.waiting }) : t(`meaning-${cell.meaning}`)}
      </Mark>
      <Lines lines={cell.lines.slice(0, LINES_SHOWN)} />
      {rest.length === 0 ? null : (
        <details className="lane-more">
          <summary>{t('lane-more', { count: rest.length })}</summary>
          <Lines lines={rest} />
        </details>
      )}
    </>
  )
}

function Lines({ lines }: { lines: LaneCell['lines'] }) {
  const { t, pick, locale } = useWords()
  return (
    <ul className="plain-list">
      {lines.map(line => (
        <li key={`${line.commodity}/${line.unit}`}>
          {pick(line.names)} <span className="lane-amount">{amount(line, locale, t)}</span>
          {line.count > 1 ? <span className="lane-count"> {t('times', { count: line.count })}</span> : null}
        </li>
      ))}
    </ul>
  )
}
