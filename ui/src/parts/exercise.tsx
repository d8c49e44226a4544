import { useEffect } from 'react'
import { useWords } from '../words/words'

/** The CAP status of what a page shows: actual, exercise or test. */
export function StatusBanner({ status }: { status: string }) {
  const { t } = useWords()
  const rehearsed = status === 'exercise' || status === 'test'
  useEffect(() => {
    if (!rehearsed) return
    document.documentElement.dataset.rehearsed = status
    return () => {
      delete document.documentElement.dataset.rehearsed
    }
  }, [rehearsed, status])
  if (!rehearsed) return null
  return (
    <section className="exercise" aria-label={t('status-banner')}>
      <p className="exercise-words">
        <strong>{t(`banner-${status}`)}</strong>
        <span>{t(`banner-${status}-detail`)}</span>
      </p>
    </section>
  )
}
