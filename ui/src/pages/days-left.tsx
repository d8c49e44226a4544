import { useWords } from '../words/words'

/** How many days are left until a day, or have passed since. */
export function DaysLeft({ days }: { days: number }) {
  const { t } = useWords()
  return <>{days < 0 ? t('days-past', { count: -days }) : t('days-left', { count: days })}</>
}
