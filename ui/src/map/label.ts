/** A text that wants a place on the map, near a point. */
export interface Wish {
  id: string
  text: string
  x: number
  y: number
  /** How far from the point the text keeps. */
  gap: number
}

/** Where a text stands. */
export interface Placed extends Wish {
  textX: number
  textY: number
  anchor: 'start' | 'end' | 'middle'
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const LINE_HEIGHT = 14

/** The width of a text in pixels, near enough: full-width characters count double. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\u1100-\uffef]/u.test(char) ? 12 : 6.6), 0)
}

/**
 * Places texts in the order given, each beside its point where nothing stands yet; a text without
 * room is left out, since the table beside the map has them all.
 */
export function placeLabels(wishes: readonly Wish[], width: number, height: number): Placed[] {
  const taken: Box[] = []
  const placed: Placed[] = []
  for (const wish of wishes) {
    for (const candidate of candidates(wish)) {
      const box = boxOf(candidate)
      const onMap = box.left >= 2 && box.top >= 2 && box.right <= width - 2 && box.bottom <= height - 2
      if (!onMap || taken.some(other => overlaps(box, other))) continue
      taken.push(box)
      placed.push(candidate)
      break
    }
  }
  return placed
}

function candidates(wish: Wish): Placed[] {
  const { x, y, gap } = wish
  return [
    { ...wish, textX: x + gap, textY: y + 4, anchor: 'start' },
    { ...wish, textX: x - gap, textY: y + 4, anchor: 'end' },
    { ...wish, textX: x, textY: y - gap, anchor: 'middle' },
    { ...wish, textX: x, textY: y + gap + 10, anchor: 'middle' },
  ]
}

function boxOf({ text, textX, textY, anchor }: Placed): Box {
  const width = widthOf(text)
  const left = anchor === 'start' ? textX : anchor === 'end' ? textX - width : textX - width / 2
  return { left, right: left + width, top: textY - LINE_HEIGHT + 2, bottom: textY + 3 }
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
