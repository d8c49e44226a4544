import type { Effect } from '../pages/readiness-figures'

/** The mark of a change: down is less missing, up is more, a lying diamond may be either. */
const SHAPES: Readonly<Record<Exclude<Effect, 'none'>, string>> = {
  better: 'M-1,-0.8H1L0,1Z',
  worse: 'M-1,0.8H1L0,-1Z',
  either: 'M-1,0L0,-0.6L1,0L0,0.6Z',
}

/** What a change does, as a shape with its middle at the origin; nothing where nothing changes. */
export function ChangeMark({ effect, size }: { effect: Effect; size: number }) {
  if (effect === 'none') return null
  // The line keeps its width however large the mark is.
  return <path d={SHAPES[effect]} className={`change-mark change-${effect}`} transform={`scale(${size.toFixed(1)})`} />
}

/** A place as things are, and within it as it would be, for a legend. */
export function NowMark({ after = false }: { after?: boolean }) {
  return (
    <svg width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">
      {after ? <circle r="5.5" className="site-after" /> : null}
      <circle r="8" className="site-before" />
    </svg>
  )
}
