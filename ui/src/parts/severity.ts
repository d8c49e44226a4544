import { readHit } from '../map/severity'
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

/** What hit a place as the reader writes it: an intensity, a wind, or a hazard and its degree. */
export function hitWords(text: string, words: Pick<Words, 't' | 'term'>): string {
  const hit = readHit(text)
  if (hit === null) return text === '' ? words.t('severity-counted') : text
  if (hit.kind === 'wind') return words.t('severity-wind', { speed: hit.speed })
  if (hit.kind === 'shaking') return intensityWords(hit.intensity, words)
  return words.t('severity-warned', {
    hazard: words.term('hazard', hit.hazard),
    degree: words.term('degree', hit.degree),
  })
}

/** The same on a map, where room is scarce. */
export function hitLabel(text: string, words: Pick<Words, 't' | 'term'>): string {
  const hit = readHit(text)
  if (hit === null) return ''
  return hit.kind === 'wind' ? words.t('map-wind', { speed: hit.speed }) : hitWords(text, words)
}

/** The same within a sentence, where a bare intensity would not say what it is. */
export function hitPhrase(text: string, words: Pick<Words, 't' | 'term'>): string {
  const said = hitWords(text, words)
  return readHit(text)?.kind === 'shaking' ? words.t('severity-shaking', { intensity: said }) : said
}
