import type { ReactNode } from 'react'
import { type Route, writeRoute } from '../route'

interface ToProps {
  route: Route
  children: ReactNode
  className?: string
  /** Marks the link to the page that is open. */
  current?: boolean
  /** Told when the link is followed. */
  onFollow?: () => void
}

/** A link to a page of this node. */
export function To({ route, children, className, current = false, onFollow }: ToProps) {
  return (
    <a
      className={className}
      href={writeRoute(route)}
      aria-current={current ? 'page' : undefined}
      onClick={onFollow}
    >
      {children}
    </a>
  )
}
