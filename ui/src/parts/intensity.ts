import type { Words } from '../words/words'

/** The halves of JMA classes, which each language names in its own way. */
const HALVES: Readonly<Record<string, string>> = {
  '5-': 'intensity-5-lower',
  '5+': 'intensity-5-upper',
  '6-': 'intensity-6-lower',
  '6+': 'intensity-6-upper',
}

/** A seismic intensity as the reader writes it: `6+`, `6強`, `6강`, `6强`. */
export function intensityWords(intensity: string, { t }: Pick<Words, 't'>): string {
  const half = HALVES[intensity]
  return half === undefined ? intensity : t(half)
}
