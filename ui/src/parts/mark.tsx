import type { ReactNode } from 'react'

/**
 * How a state is meant.
 *
 * - `done`: nothing more to do.
 * - `moving`: under way.
 * - `waiting`: somebody must act.
 * - `stopped`: ended without success, or broken.
 * - `unknown`: not heard or not known.
 */
export type Meaning = 'done' | 'moving' | 'waiting' | 'stopped' | 'unknown'

const SHAPES: Readonly<Record<Meaning, ReactNode>> = {
  done: <path d="M3 8.5 6.5 12 13 4.5" fill="none" strokeWidth="2.4" />,
  moving: <path d="M2.5 8h10M9 4l4 4-4 4" fill="none" strokeWidth="2.2" />,
  waiting: <circle cx="8" cy="8" r="5" fill="none" strokeWidth="2.4" />,
  stopped: <path d="M4 4l8 8M12 4l-8 8" fill="none" strokeWidth="2.4" />,
  unknown: <path d="M3 8h2.5M7 8h2.5M11 8h2.5" fill="none" strokeWidth="2.4" />,
}

/** A state as a shape and a word: never by colour alone, and never like a button. */
export function Mark({ meaning, children }: { meaning: Meaning; children: ReactNode }) {
  return (
    <span className={`mark mark-${meaning}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" stroke="currentColor">
        {SHAPES[meaning]}
      </svg>
      <span>{children}</span>
    </span>
  )
}
