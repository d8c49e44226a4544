import { intensityWords } from '../parts/intensity'
import { useWords } from '../words/words'
import { SEVERITIES } from './severity'

/** The classes of both scales, lowest first. */
const CLASSES: readonly [jma: string, mercalli: string][] = [
  ['≤3', '≤4'],
  ['4', '5'],
  ['5-', '6'],
  ['5+', '7'],
  ['6-', '8'],
  ['6+', '9'],
  ['7', '≥10'],
]

/** What shading, lines and circles mean. */
export function Legend() {
  const words = useWords()
  const { t } = words
  return (
    <div className="legend">
      <p className="legend-title">{t('legend-intensity')}</p>
      <ul>
        {SEVERITIES.map((severity, i) => (
          <li key={severity}>
            <svg width="22" height="14" aria-hidden="true">
              <rect width="22" height="14" className={`severity-${severity}`} />
              <path d={hatch(severity)} className="hatch" />
            </svg>
            {t('legend-class', {
              jma: intensityWords(CLASSES[i]?.[0] ?? '', words),
              mercalli: CLASSES[i]?.[1] ?? '',
            })}
          </li>
        ))}
      </ul>
      <ul>
        <li>
          <Line className="map-link map-link-open" /> {t('link-open')}
        </li>
        <li>
          <Line className="map-link map-link-restricted" /> {t('link-restricted')}
        </li>
        <li>
          <Line className="map-link map-link-suspended" cut /> {t('link-suspended')}
        </li>
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
        <li>
          <svg width="18" height="18" aria-hidden="true">
            <path d="M3,3L15,15M15,3L3,15" className="map-epicentre" />
          </svg>
          {t('map-epicentre')}
        </li>
      </ul>
    </div>
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
