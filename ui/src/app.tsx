import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef } from 'react'
import type { CaseLine } from './api/client'
import { type Live, useChanges } from './api/events'
import { casesQuery, nodeQuery } from './api/queries'
import { rememberedCase, rememberCase } from './case-choice'
import { AlarmBanner } from './parts/alarm'
import { Answer } from './parts/answer'
import { CaseChoice } from './parts/case-choice'
import { Languages } from './parts/languages'
import { Mark, type Meaning } from './parts/mark'
import { Empty } from './parts/notice'
import { To } from './parts/to'
import { SituationPage } from './pages/situation'
import { type Route, useRoute } from './route'
import { useWords } from './words/words'

// The situation is the first useful view; every other page comes when it is opened.
const PlanPage = lazy(() => import('./pages/plan'))
const ReadinessPage = lazy(() => import('./pages/readiness'))
const CasePage = lazy(() => import('./pages/case'))
const AgreementsPage = lazy(() => import('./pages/agreements'))
const AgreementPage = lazy(() => import('./pages/agreement'))
const LifePage = lazy(() => import('./pages/life'))
const MapPage = lazy(() => import('./pages/map'))
const NodesPage = lazy(() => import('./pages/nodes'))
const ReportPage = lazy(() => import('./pages/report'))

/** The frame around every page. */
export function App() {
  const { t, term, lang } = useWords()
  const route = useRoute()
  const live = useChanges()
  const casesAnswer = useQuery(casesQuery)
  const cases = casesAnswer.data?.cases ?? []
  const caseId = caseOf(route) ?? rememberedCase(cases) ?? cases[0]?.id
  const main = useRef<HTMLElement>(null)
  const firstView = useRef(true)
  const asked = caseOf(route)
  const status = ofCase(route) ? cases.find(({ id }) => id === caseId)?.status : undefined
  useEffect(() => {
    if (asked !== undefined) rememberCase(asked)
  }, [asked])
  useEffect(() => {
    // The tab, too, tells an exercise from the real thing.
    const page = `${t(`page-${route.page}`)} · ${t('product')}`
    const rehearsed = status !== undefined && status !== 'actual'
    document.title = rehearsed ? `[${term('status', status)}] ${page}` : page
  }, [route.page, status, lang])
  useEffect(() => {
    // A page opened by a link starts at its top, for eyes and for screen readers.
    if (firstView.current) firstView.current = false
    else main.current?.focus({ preventScroll: true })
    if (route.page !== 'agreement' || route.clause === undefined) window.scrollTo(0, 0)
  }, [route.page, asked])
  return (
    <>
      <a
        className="skip"
        href="#main"
        onClick={event => {
          // The part of the address after `#` names the page, so the jump is made by hand.
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {t('skip')}
      </a>
      <Header route={route} cases={cases} caseId={caseId} live={live} />
      <AlarmBanner />
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={null}>
          {ofCase(route) && asked === undefined ? (
            // Which case is the current one is known once the cases are.
            <Answer query={casesAnswer}>{() => <Page route={route} caseId={caseId} />}</Answer>
          ) : (
            <Page route={route} caseId={caseId} />
          )}
        </Suspense>
      </main>
      <Footer />
    </>
  )
}

/** Whether a page shows a case. */
function ofCase({ page }: Route): boolean {
  return page === 'situation' || page === 'plan' || page === 'case' || page === 'report'
}

function caseOf(route: Route): string | undefined {
  if (route.page === 'situation' || route.page === 'plan') return route.case
  return route.page === 'case' || route.page === 'report' ? route.id : undefined
}

interface HeaderProps {
  route: Route
  cases: readonly CaseLine[]
  caseId: string | undefined
  live: Live
}

/** Pages that stand under the agreements in the menu. */
const OF_AGREEMENTS: ReadonlySet<string> = new Set(['agreement', 'life', 'map'])

const LIVE_MEANINGS: Readonly<Record<Live, Meaning>> = {
  connecting: 'unknown',
  live: 'done',
  broken: 'stopped',
}

function Header({ route, cases, caseId, live }: HeaderProps) {
  const { t, pick } = useWords()
  const node = useQuery(nodeQuery).data
  const links: readonly [Route['page'], Route][] = [
    ['situation', { page: 'situation', case: caseId }],
    ['plan', { page: 'plan', case: caseId }],
    ['readiness', { page: 'readiness' }],
    ['case', { page: 'case', id: caseId }],
    ['agreements', { page: 'agreements' }],
    ['nodes', { page: 'nodes' }],
    ['report', { page: 'report', id: caseId }],
  ]
  const open = OF_AGREEMENTS.has(route.page) ? 'agreements' : route.page
  return (
    <header className="header">
      <div className="header-top">
        <p className="product">
          <span className="product-name">{t('product')}</span>
          {node === undefined ? null : <span className="product-party">{pick(node.party.names)}</span>}
        </p>
        <div className="header-tools">
          <span role="status" className="live">
            <Mark meaning={LIVE_MEANINGS[live]}>{t(`live-${live}`)}</Mark>
          </span>
          <Languages />
        </div>
      </div>
      <nav className="nav" aria-label={t('pages')}>
        <ul>
          {links.map(([page, to]) => (
            <li key={page}>
              <To route={to} current={page === open}>
                {t(`nav-${page}`)}
              </To>
            </li>
          ))}
        </ul>
        <CaseChoice route={route} cases={cases} caseId={caseId} />
      </nav>
    </header>
  )
}

function Page({ route, caseId }: { route: Route; caseId: string | undefined }) {
  const { t } = useWords()
  switch (route.page) {
    case 'situation':
      return <SituationPage id={caseId} />
    case 'plan':
      return <PlanPage key={caseId} id={caseId} fresh={route.fresh === true} />
    case 'readiness':
      return <ReadinessPage route={route} />
    case 'case':
      return <CasePage id={caseId} order={route.order} />
    case 'agreements':
      return <AgreementsPage key={JSON.stringify(route.ask)} ask={route.ask} />
    case 'map':
      return <MapPage route={route} />
    case 'agreement':
      return <AgreementPage key={route.id} id={route.id} clause={route.clause} />
    case 'life':
      return <LifePage key={route.id} id={route.id} matter={route.matter} />
    case 'nodes':
      return <NodesPage />
    case 'report':
      return <ReportPage id={caseId} />
    case 'unknown':
      return <Empty title={t('unknown-page')} next={t('unknown-page-next')} />
  }
}

function Footer() {
  const { t } = useWords()
  const node = useQuery(nodeQuery).data
  return (
    <footer className="footer">
      <p>{t('footer-times')}</p>
      {node === undefined ? null : (
        <p>
          {t('footer-node', { party: node.party.id, version: node.version })}
        </p>
      )}
    </footer>
  )
}
