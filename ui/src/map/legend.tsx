import type { ReactNode } from 'react'
import type { SituationPage } from '../api/client'
import { hitWords, intensityWords } from '../parts/severity'
import { useWords, type Words } from '../words/words'
import { CROSS, EYE, isCyclone } from './centre'
import { type Outlined, outlined } from './outline'
import { outlineClass } from './outlines'
import { type Hit, hitKinds, SEVERITIES, type Severity } from './severity'

/** The classes of both scales of shaking, lowest first. */
const CLASSES: readonly [jma: string, mercalli: string][] = [
  ['≤3', '≤4'],
  ['4', '5'],
  ['5-', '6'],
  ['5+', '7'],
  ['6-', '8'],
  ['6+', '9'],
  ['7', '≥10'],
]

/** The winds of each class in metres per second. */
const WINDS: readonly [severity: Severity, winds: string][] = [
  [2, '<25'],
  [3, '25–32'],
  [4, '33–43'],
  [5, '44–53'],
  [6, '≥54'],
]

const DEGREES: readonly [severity: Severity, degree: string][] = [
  [1, 'minor'],
  [2, 'moderate'],
  [4, 'severe'],
  [6, 'extreme'],
]

/** What each class means for a kind of hit, in the reader's words. */
function classes(kind: Hit['kind'], words: Words): (readonly [Severity, string])[] {
  const { t, term } = words
  if (kind === 'wind') return WINDS.map(([severity, speed]) => [severity, t('map-wind', { speed })])
  if (kind === 'warned') return DEGREES.map(([severity, degree]) => [severity, term('degree', degree)])
  return SEVERITIES.map((severity, i) => {
    const [jma = '', mercalli = ''] = CLASSES[i] ?? []
    return [severity, t('legend-class', { jma: intensityWords(jma, words), mercalli })]
  })
}

/** What shading, outlines, lines and circles mean: of each only what is on the maps. */
export function Legend({ page }: { page: SituationPage }) {
  const words = useWords()
  const { t } = words
  return (
    <div className="legend">
      {hitKinds(page.places).map(kind => (
        <div key={kind} className="legend-kind">
          <p className="legend-title">{t(LEGENDS[kind])}</p>
          <ul>
            {classes(kind, words).map(([severity, meaning]) => (
              <li key={severity}>
                <Swatch severity={severity} /> {meaning}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {page.places.some(place => place.intensity === '') ? (
        <ul>
          <li>
            <Swatch severity={1} /> {hitWords('', words)}
          </li>
        </ul>
      ) : null}
      <Outlines page={page} />
      <Ways />
    </div>
  )
}

const LEGENDS: Readonly<Record<Hit['kind'], string>> = {
  shaking: 'legend-intensity',
  wind: 'legend-wind',
  warned: 'legend-warned',
}

function Swatch({ severity }: { severity: Severity }) {
  return (
    <svg width="22" height="14" aria-hidden="true">
      <rect width="22" height="14" className={`severity-${severity}`} />
      <path d={hatch(severity)} className="hatch" />
    </svg>
  )
}

const OUTLINES: readonly [kind: Outlined['kind'], ahead: boolean, id: string][] = [
  ['area', false, 'outline-area'],
  ['circle', false, 'outline-circle'],
  ['wind', false, 'outline-wind'],
  ['wind', true, 'outline-wind-ahead'],
]

/** The kinds of outlines on the maps, and the mark of the epicentre or the eye. */
function Outlines({ page }: { page: SituationPage }) {
  const { t } = useWords()
  const { event } = page
  if (!event) return null
  const drawn = outlined(event)
  const shown = OUTLINES.filter(([kind, ahead]) => drawn.some(one => one.kind === kind && one.ahead === ahead))
  const cyclone = isCyclone(event)
  return (
    <ul>
      {shown.map(([kind, ahead, id]) => (
        <li key={id}>
          <svg width="34" height="14" aria-hidden="true" className={outlineClass({ kind, ahead })}>
            <path d="M1,7H33" className="map-outline-line" />
          </svg>
          {t(id)}
        </li>
      ))}
      {event.epicentre ? (
        <li>
          <svg width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">
            <path d={cyclone ? EYE : CROSS} className="map-epicentre" />
          </svg>
          {t(cyclone ? 'map-eye' : 'map-epicentre')}
        </li>
      ) : null}
    </ul>
  )
}

/** Links, movements and the circles of places. */
function Ways() {
  const { t } = useWords()
  const links: readonly [id: string, line: ReactNode][] = [
    ['link-open', <Line key="open" className="map-link map-link-open" />],
    ['link-restricted', <Line key="restricted" className="map-link map-link-restricted" />],
    ['link-suspended', <Line key="suspended" className="map-link map-link-suspended" cut />],
  ]
  return (
    <ul>
      {links.map(([id, line]) => (
        <li key={id}>
          {line} {t(id)}
        </li>
      ))}
      <li>
        <svg width="34" height="14" aria-hidden="true">
          <path d="M1,7H33" className="map-flow" strokeWidth="7" />
          <path d="M-5,-4.5L5,0L-5,4.5Z" transform="translate(17,7)" className="map-arrow" />
        </svg>
        {t('legend-flow')}
      </li>
      <li>
        <svg width="26" height="18" aria-hidden="true">
          <circle cx="6" cy="12" r="4" className="map-place severity-4" />
          <circle cx="17" cy="9" r="8" className="map-place severity-4" />
        </svg>
        {t('legend-circle')}
      </li>
    </ul>
  )
}

function Line({ className, cut = false }: { className: string; cut?: boolean }) {
  return (
    <svg width="34" height="14" aria-hidden="true" className={className}>
      <path d="M1,7H33" />
      {cut ? <path d="M13,3l8,8m0,-8l-8,8" className="map-cut" /> : null}
    </svg>
  )
}

/** The hatching of a class, drawn for a swatch of 22 by 14. */
function hatch(severity: number): string {
  const step = [0, 0, 0, 9, 6, 4.5, 5, 3.5][severity] ?? 0
  if (step === 0) return ''
  const falling = lines(step, x => `M${x},14L${x + 14},0`)
  return severity >= 6 ? falling + lines(step, x => `M${x},0L${x + 14},14`) : falling
}

function lines(step: number, draw: (x: number) => string): string {
  let path = ''
  for (let x = -14; x < 22; x += step) path += draw(x)
  return path
}
