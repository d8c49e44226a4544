import type { Spread } from '../api/client'
import { number } from '../format'
import { useWords } from '../words/words'

interface RangeBarProps {
  spread: Spread
  /** The figure at the right end of the bar; the high end of the range itself when left out. */
  full?: number
}

/** A range as a bar from its low to its high end, with a line at its middle. */
export function RangeBar({ spread, full = spread.high }: RangeBarProps) {
  const at = (value: number) => (full <= 0 ? 0 : (Math.min(full, Math.max(0, value)) / full) * 196)
  const { low, central, high } = spread
  return (
    <svg viewBox="0 0 200 12" className="range-bar" aria-hidden="true" preserveAspectRatio="none">
      <path d="M0,11H200" className="range-bar-ground" />
      <rect x={at(low)} y="2" width={Math.max(2, at(high) - at(low))} height="7" className="range-bar-span" />
      <rect x={at(central)} y="0" width="4" height="11" className="range-bar-middle" />
    </svg>
  )
}

/** A range in figures: its middle, and its ends below. */
export function Ranged({ spread }: { spread: Spread }) {
  const { t, locale } = useWords()
  const { low, central, high } = spread
  return (
    <>
      {number(central, locale)}
      {low === high ? null : (
        <span className="range">{t('range', { low: number(low, locale), high: number(high, locale) })}</span>
      )}
    </>
  )
}
