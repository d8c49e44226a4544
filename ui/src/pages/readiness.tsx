import { useQuery } from '@tanstack/react-query'
import { Fault, type ReadinessPage as Page, type ReadinessReport, type ReadinessRun } from '../api/client'
import { isUnderWay, readinessQuery } from '../api/queries'
import { number, tenths } from '../format'
import { Answer } from '../parts/answer'
import { Choice } from '../parts/choice'
import { Copy } from '../parts/copy'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { To } from '../parts/to'
import { type Route, writeRoute } from '../route'
import { useWords } from '../words/words'
import { Cuts, Dependence, Drills, Files, Substitutes } from './readiness-ties'
import { Places, SiteMap } from './readiness-places'
import { Steps } from './readiness-steps'
import { Unmet } from './readiness-unmet'

/** What the address says is shown. */
export type Shown = Extract<Route, { page: 'readiness' }>

/** Whether help would arrive: what stays unmet over many scenarios, and what would change it. */
export default function ReadinessPage({ route }: { route: Shown }) {
  const { t } = useWords()
  const query = useQuery(readinessQuery(route.run))
  if (query.data === undefined && query.error instanceof Fault && query.error.side === 'absent') {
    return (
      <>
        <h1>{t('page-readiness')}</h1>
        <Empty title={t('readiness-absent', { run: route.run ?? '' })} next={t('readiness-absent-next')} />
        <p>
          <To route={{ page: 'readiness' }}>{t('readiness-newest')}</To>
        </p>
      </>
    )
  }
  return <Answer query={query}>{page => <Loaded page={page} route={route} />}</Answer>
}

function Loaded({ page, route }: { page: Page; route: Shown }) {
  const { t } = useWords()
  const { report } = page
  return (
    <>
      <section className="panel" aria-labelledby="readiness">
        <h1 id="readiness">{t('page-readiness')}</h1>
        <p>{t('readiness-lead')}</p>
        <Runs page={page} route={route} />
        {report ? <Rests report={report} /> : <Nothing page={page} />}
      </section>
      {report ? <Report report={report} route={route} /> : null}
    </>
  )
}

function Report({ report, route }: { report: ReadinessReport; route: Shown }) {
  const commodity = report.unmet.some(line => line.commodity === route.commodity) ? (route.commodity ?? null) : null
  const show = (part: Partial<Shown>) => {
    window.location.hash = writeRoute({ ...route, ...part })
  }
  return (
    <>
      <Unmet report={report} commodity={commodity} choose={chosen => show({ commodity: chosen ?? undefined })} />
      <Steps report={report} step={route.step} choose={step => show({ step })} />
      <SiteMap report={report} step={route.step} choose={step => show({ step })} />
      <Places report={report} commodity={commodity} />
      <Dependence report={report} commodity={commodity} />
      <Cuts report={report} />
      <Substitutes report={report} commodity={commodity} />
      <Drills drills={report.drills} />
      <Files report={report} />
    </>
  )
}

/** Which run is shown, how far others are, and what does not read. */
function Runs({ page, route }: { page: Page; route: Shown }) {
  const { t } = useWords()
  const ready = page.runs.filter(run => run.complete)
  const others = page.runs.filter(run => !run.complete)
  return (
    <>
      {ready.length < (page.report ? 2 : 1) ? null : (
        <Choice
          className="readiness-choice"
          label={t('readiness-run')}
          options={ready.map(({ name }) => ({ id: name, title: name }))}
          value={page.report?.run ?? null}
          onChange={run => {
            window.location.hash = writeRoute({ ...route, run })
          }}
        />
      )}
      {others.length === 0 ? null : (
        <ul className="readiness-runs" aria-label={t('readiness-runs')}>
          {others.map(run => (
            <li key={run.name}>
              <Progress run={run} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Progress({ run }: { run: ReadinessRun }) {
  const { t, locale } = useWords()
  if (!isUnderWay(run)) {
    return (
      <>
        <Mark meaning="stopped">{t('readiness-fault', { run: run.name })}</Mark>{' '}
        <span className="note">
          <code>{run.fault}</code>
        </span>
      </>
    )
  }
  const [done, of] = [run.done, run.of ?? 0]
  const said = t('readiness-progress', { run: run.name, done: number(done, locale), of: number(of, locale) })
  return (
    <>
      <Mark meaning="moving">{said}</Mark>
      <progress aria-label={said} value={done} max={Math.max(1, of)} />
    </>
  )
}

/** What the figures rest on, in sentences, and the job on demand. */
function Rests({ report }: { report: ReadinessReport }) {
  const { t, locale } = useWords()
  const { sample, job, run } = report
  return (
    <div className="readiness-rests">
      <p>
        {t('readiness-sample', {
          run,
          scenarios: number(sample.scenarios, locale),
          seed: job.seed,
          harmful: number(sample.harmful, locale),
          effective: number(sample.effective, locale),
          yearly: tenths(sample.yearly_micro / 1e6, locale),
        })}
      </p>
      <p>{t('readiness-intervals', { percent: sample.interval_percent, resamples: number(sample.resamples, locale) })}</p>
      <p>{t('readiness-input')}</p>
      <p>{t('readiness-person-days')}</p>
      <Job report={report} />
    </div>
  )
}

function Job({ report }: { report: ReadinessReport }) {
  const { t, term, pick, locale } = useWords()
  const { job } = report
  const unreachable = job.unreachable.map(({ names }) => pick(names)).join(t('list-separator'))
  const lines: readonly (readonly [string, string])[] = [
    ['readiness-year', String(job.year)],
    ['readiness-season', term('readiness-season', job.season ?? 'all')],
    [
      'readiness-planned',
      t('readiness-planned-is', {
        hours: number(job.periods * job.period_hours, locale),
        periods: number(job.periods, locale),
        each: number(job.period_hours, locale),
      }),
    ],
    ['readiness-delay', t('readiness-delay-is', { hours: number(job.delay_hours, locale) })],
    ['readiness-drafts', t(job.drafts ? 'readiness-drafts-count' : 'readiness-drafts-not')],
    ['readiness-unreachable', unreachable === '' ? t('nobody') : unreachable],
    ['readiness-asked', term('readiness-asked', job.counterfactuals)],
  ]
  return (
    <details>
      <summary>{t('readiness-job')}</summary>
      <dl className="facts">
        {lines.map(([id, value]) => (
          <div key={id}>
            <dt>{t(id)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** What a run is and how one is made, where there is none to show. */
function Nothing({ page }: { page: Page }) {
  const { t } = useWords()
  if (page.runs.some(run => run.complete)) {
    return <Empty title={t('readiness-without')} next={t('readiness-without-next')} />
  }
  const coming = page.runs.some(isUnderWay)
  const command = `pumasi readiness run --scenarios 200 --drills --out ${quoted(`${page.folder}/first`)}`
  return (
    <>
      <Empty
        title={t(coming ? 'readiness-coming' : 'readiness-empty')}
        next={t(coming ? 'readiness-coming-next' : 'readiness-empty-next')}
      />
      {coming ? null : (
        <p className="readiness-command">
          <code>{command}</code> <Copy text={command} />
        </p>
      )}
    </>
  )
}

/** A path as a shell takes it: as it is where it can be, otherwise in quotes. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
