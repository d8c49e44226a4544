import type { LoadLine, LoadingLine, PlanPage } from '../api/client'
import { mass, number } from '../format'
import { Listed } from '../parts/listed'
import { Empty } from '../parts/notice'
import { type Column, Table } from '../parts/table'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { share } from './plan-time'

/** What leaves on which link on which day, on which vehicles, and what that cost. */
export function Loads({ page }: { page: PlanPage }) {
  const { t, pick, locale } = useWords()
  const { loads } = page.loading
  const columns: Column<LoadLine>[] = [
    { id: 'link', title: t('link'), cell: load => pick(load.names), heads: true },
    { id: 'day', title: t('plan-day'), cell: load => number(load.day, locale), numeric: true },
    { id: 'from', title: t('plan-day-from'), cell: load => <When at={load.day_start} /> },
    { id: 'vehicle', title: t('plan-vehicle'), cell: load => pick(load.vehicle) },
    { id: 'vehicles', title: t('plan-vehicles'), cell: load => number(load.vehicles, locale), numeric: true },
    { id: 'pallets', title: t('pallets'), cell: load => number(load.pallets, locale), numeric: true },
    { id: 'broken', title: t('plan-broken'), cell: load => number(load.broken, locale), numeric: true },
    { id: 'mass', title: t('planned-mass'), cell: load => mass(load.kg, locale, t), numeric: true },
  ]
  return (
    <Listed
      id="plan-loads"
      title={t('plan-loads')}
      rows={loads}
      empty={<Empty title={t('plan-loads-empty')} next={t('plan-loads-empty-next')} />}
    >
      {rows => (
        <>
          <Told loading={page.loading} />
          <Table
            caption={t('plan-loads')}
            quiet
            columns={columns}
            rows={rows}
            rowKey={load => [load.link, load.from, load.day].join('/')}
          />
        </>
      )}
    </Listed>
  )
}

/** What goods are loaded on, and in one sentence what that cost. */
function Told({ loading }: { loading: LoadingLine }) {
  const { t, locale } = useWords()
  const { pallets, broken, vehicles, empty_positions_ppm, empty_mass_ppm, rounding } = loading
  const loaded = t('plan-loaded', {
    pallets: number(pallets, locale),
    broken: number(broken, locale),
    vehicles: number(vehicles, locale),
    positions: share(empty_positions_ppm, locale),
    mass: share(empty_mass_ppm, locale),
  })
  if (rounding == null) return <p>{loaded}</p>
  const free = rounding.left_kg === 0 && rounding.delayed_kg === 0 && rounding.burden_ppm === 0
  const cost = t(free ? 'plan-loading-free' : 'plan-loading-cost', {
    share: share(rounding.burden_ppm, locale, 4),
    left: mass(rounding.left_kg, locale, t),
    delayed: mass(rounding.delayed_kg, locale, t),
  })
  return (
    <p>
      {loaded} {cost}
    </p>
  )
}
