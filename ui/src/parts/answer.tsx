import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../words/words'
import { FaultNotice } from './fault'
import { Notice } from './notice'
import { When } from './when'

interface AnswerProps<Data> {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
}

/**
 * Shows the answer of the node, its outline while it is under way, or what went wrong.
 *
 * An answer that could not be refreshed stays on the page and says how old it is.
 */
export function Answer<Data>({ query, children }: AnswerProps<Data>) {
  const { t } = useWords()
  const again = () => void query.refetch()
  if (query.data === undefined) {
    return query.isError ? <FaultNotice fault={query.error} again={again} /> : <Outline />
  }
  return (
    <>
      {query.isError ? (
        <Notice kind="warning" title={t('stale')}>
          <p>
            {t('stale-since')} <When at={new Date(query.dataUpdatedAt).toISOString()} />
          </p>
          <FaultNotice fault={query.error} again={again} />
        </Notice>
      ) : null}
      {children(query.data)}
    </>
  )
}

/** The shape of a page before its content; it stays unseen for the first moments. */
function Outline() {
  const { t } = useWords()
  return (
    <div className="outline" role="status">
      <span className="unseen">{t('loading')}</span>
      <div className="outline-block outline-title" />
      <div className="outline-block" />
      <div className="outline-block" />
    </div>
  )
}
