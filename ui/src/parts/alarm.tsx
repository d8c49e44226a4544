import { useQuery } from '@tanstack/react-query'
import { doctorQuery } from '../api/queries'
import { alarmsOf, keyOf } from '../pages/findings'
import { useWords } from '../words/words'
import { Mark } from './mark'
import { To } from './to'

/** Tells on every page that a matter diverged or that somebody's word is in doubt. */
export function AlarmBanner() {
  const { t, pick } = useWords()
  const doctor = useQuery(doctorQuery).data
  const alarms = alarmsOf(doctor?.findings ?? [])
  if (alarms.length === 0) return null
  return (
    <section className="alarm" role="alert" aria-label={t('alarm')}>
      <ul>
        {alarms.map(alarm => (
          <li key={keyOf(alarm)}>
            <Mark meaning="stopped">{pick(alarm.what)}</Mark>
          </li>
        ))}
      </ul>
      <To route={{ page: 'nodes' }}>{t('alarm-to')}</To>
    </section>
  )
}
