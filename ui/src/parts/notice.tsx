import type { ReactNode } from 'react'

interface NoticeProps {
  kind: 'plain' | 'warning' | 'failure'
  title: string
  children?: ReactNode
  /** Reads itself out when it appears. */
  urgent?: boolean
}

/** Says what is the matter, why, and what to do. */
export function Notice({ kind, title, children, urgent = false }: NoticeProps) {
  return (
    <div className={`notice notice-${kind}`} role={urgent ? 'alert' : undefined}>
      <p className="notice-title">{title}</p>
      {children === undefined ? null : <div className="notice-body">{children}</div>}
    </div>
  )
}

/** Says why there is nothing and what to do next. */
export function Empty({ title, next }: { title: string; next: string }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p>{next}</p>
    </div>
  )
}
