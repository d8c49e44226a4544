import { Button } from 'react-aria-components'
import type { Interval, ReadinessReport, ReadinessStep } from '../api/client'
import { number, tenths } from '../format'
import { RangeBar } from '../parts/range-bar'
import { type Column, Table } from '../parts/table'
import { useWords } from '../words/words'
import { Told, ToldCount, ToldShare } from './readiness-told'

interface StepsProps {
  report: ReadinessReport
  /** The step on the map. */
  step: string | undefined
  choose: (step: string) => void
}

/** What could be added, the most saved for its cost first; what surely helps nowhere is folded away. */
export function Steps({ report, step, choose }: StepsProps) {
  const { t, pick } = useWords()
  const helping = report.steps.filter(helps)
  const idle = report.steps.filter(line => !helps(line))
  const last = report.steps.length
  const show = (line: ReadinessStep) => (
    <Button
      className="button button-small"
      aria-pressed={line.candidate === step}
      aria-label={`${t(line.candidate === step ? 'readiness-shown' : 'readiness-show')}: ${pick(line.names)}`}
      onPress={() => {
        choose(line.candidate)
        document.getElementById('readiness-map')?.scrollIntoView({ block: 'start' })
      }}
    >
      {t(line.candidate === step ? 'readiness-shown' : 'readiness-show')}
    </Button>
  )
  return (
    <section className="panel" aria-labelledby="readiness-steps">
      <h2 id="readiness-steps">{t('readiness-steps')}</h2>
      {report.steps.length === 0 ? (
        <p>{t('readiness-steps-none')}</p>
      ) : (
        <>
          <p className="note">{t('readiness-steps-note')}</p>
          {helping.length === 0 ? (
            <p>{t('readiness-steps-idle-all')}</p>
          ) : (
            <StepTable lines={helping} last={last} step={step} show={show} />
          )}
          {idle.length === 0 ? null : (
            <details>
              <summary>{t('readiness-steps-idle', { count: idle.length })}</summary>
              <StepTable lines={idle} last={last} step={step} />
            </details>
          )}
        </>
      )}
    </section>
  )
}

/** Whether a step surely helps in any scenario. */
export function helps({ scenarios }: Pick<ReadinessStep, 'scenarios'>): boolean {
  return scenarios > 0
}

interface StepTableProps {
  lines: readonly ReadinessStep[]
  /** The last rank there is. */
  last: number
  step: string | undefined
  show?: (line: ReadinessStep) => React.ReactNode
}

function StepTable({ lines, last, step, show }: StepTableProps) {
  const { t, term, pick, locale } = useWords()
  const columns: Column<ReadinessStep>[] = [
    { id: 'rank', title: t('readiness-rank'), cell: line => <Rank rank={line.rank} last={last} />, numeric: true },
    {
      id: 'step',
      title: t('readiness-step'),
      cell: line => (
        <>
          {pick(line.names)}
          <span className="readiness-says">
            <b>{term('readiness-kind', line.kind)}</b> · {pick(line.says)}
          </span>
        </>
      ),
      heads: true,
    },
    { id: 'days', title: t('readiness-days-saved'), cell: line => <ToldCount of={line.person_days} />, numeric: true },
    { id: 'share', title: t('readiness-saved'), cell: line => <ToldShare of={line.share} />, numeric: true },
    {
      id: 'cost',
      title: t('readiness-cost'),
      cell: line => (line.cost_usd == null ? t('readiness-unknown') : number(line.cost_usd, locale)),
      numeric: true,
    },
    {
      id: 'per-cost',
      title: t('readiness-per-cost'),
      cell: line =>
        line.milli_days_a_kusd ? (
          <Told of={line.milli_days_a_kusd} as={(milli, locale) => tenths(milli / 1000, locale)} />
        ) : (
          t('none')
        ),
      numeric: true,
    },
    { id: 'scenarios', title: t('readiness-helps-in'), cell: line => number(line.scenarios, locale), numeric: true },
  ]
  if (show !== undefined) columns.push({ id: 'map', title: t('readiness-on-map'), cell: show, short: true })
  return (
    <Table
      caption={t('readiness-steps')}
      quiet
      columns={columns}
      rows={lines}
      rowKey={line => line.candidate}
      pointed={line => line.candidate === step}
    />
  )
}

/** A rank with its interval, and a bar that starts at the first rank. */
function Rank({ rank, last }: { rank: Interval; last: number }) {
  const { low, value, high } = rank
  return (
    <>
      <ToldCount of={rank} />
      <RangeBar spread={{ low: low - 1, central: value - 1, high: high - 1 }} full={Math.max(1, last - 1)} />
    </>
  )
}
