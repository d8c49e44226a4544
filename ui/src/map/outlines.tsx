import { geoPath, type GeoProjection } from 'd3-geo'
import { dayAndTime } from '../format'
import type { Words } from '../words/words'
import type { Wish } from './label'
import { corners, type Outlined } from './outline'
import type { Degrees } from './view'

interface OutlinesProps {
  projection: GeoProjection
  outlines: readonly Outlined[]
}

/** The areas and circles of the messages; forecast ones are dashed. */
export function Outlines({ projection, outlines }: OutlinesProps) {
  const path = geoPath(projection)
  return (
    <g>
      {outlines.map((outline, position) => {
        const d = path(outline.shape) ?? ''
        return (
          <g key={position} className={outlineClass(outline)}>
            <path d={d} className="map-outline-edge" />
            <path d={d} className="map-outline-line" />
          </g>
        )
      })}
    </g>
  )
}

/** The class of an outline: its kind, and whether it is a forecast. */
export function outlineClass({ kind, ahead }: Pick<Outlined, 'kind' | 'ahead'>): string {
  return `map-outline map-outline-${kind}${ahead ? ' map-outline-ahead' : ''}`
}

/** Each wind circle wants its wind, and its time when it is a forecast, at its topmost point in view. */
export function outlineWishes(
  { projection, outlines }: OutlinesProps,
  words: Pick<Words, 't' | 'lang' | 'locale'>,
  width: number,
  height: number,
): Wish[] {
  return outlines.flatMap((outline, position) => {
    if (outline.wind === null) return []
    const [top] = corners(outline.shape)
      .map((corner): Degrees => projection(corner) ?? [-1, -1])
      .filter(([x, y]) => x > 30 && x < width - 30 && y > 14 && y < height - 14)
      .sort((a, b) => a[1] - b[1])
    if (top === undefined) return []
    const wish = { id: `outline-${position}`, text: windWords(outline, words), gap: 5 }
    return [{ ...wish, x: top[0], y: top[1] }]
  })
}

function windWords({ wind, at, ahead }: Outlined, { t, lang, locale }: Pick<Words, 't' | 'lang' | 'locale'>): string {
  const speed = wind ?? 0
  return ahead && at !== null
    ? t('map-wind-ahead', { speed, time: dayAndTime(at, lang, locale) })
    : t('map-wind', { speed })
}
