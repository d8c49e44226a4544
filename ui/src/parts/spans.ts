/** A piece of a text that was changed: kept, taken out, or put in. */
export interface Span {
  how: 'kept' | 'out' | 'in'
  text: string
}

/** Above this many pairs of words, two texts are shown whole and not word by word. */
const PAIRS_MAX = 400_000

/** Tells word by word how `after` came from `before`, in the word borders of `lang`. */
export function spansOf(before: string, after: string, lang: string): Span[] {
  const [old, now] = [wordsIn(before, lang), wordsIn(after, lang)]
  if (old.length * now.length > PAIRS_MAX) {
    return merged([{ how: 'out', text: before }, { how: 'in', text: after }])
  }
  const kept = commonLengths(old, now)
  const spans: Span[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]]
    if (left !== undefined && left === right) {
      spans.push({ how: 'kept', text: left })
      i += 1
      j += 1
    } else if (left !== undefined && (right === undefined || at(kept, i + 1, j) >= at(kept, i, j + 1))) {
      spans.push({ how: 'out', text: left })
      i += 1
    } else if (right !== undefined) {
      spans.push({ how: 'in', text: right })
      j += 1
    }
  }
  return merged(spans)
}

function wordsIn(text: string, lang: string): string[] {
  return [...new Intl.Segmenter(lang, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)
}

/** How many words the rests of both texts share, from each pair of positions on. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = lengths[i]
    if (row === undefined) continue
    for (let j = now.length - 1; j >= 0; j -= 1) {
      row[j] = old[i] === now[j] ? at(lengths, i + 1, j + 1) + 1 : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
    }
  }
  return lengths
}

function at(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}

/** Neighbouring pieces of one sort become one; what is taken out comes before what is put in. */
function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = []
  let [out, put] = ['', '']
  const flush = () => {
    if (out !== '') found.push({ how: 'out', text: out })
    if (put !== '') found.push({ how: 'in', text: put })
    ;[out, put] = ['', '']
  }
  for (const { how, text } of spans) {
    if (how === 'out') out += text
    else if (how === 'in') put += text
    else {
      flush()
      const last = found.at(-1)
      if (last?.how === 'kept') last.text += text
      else if (text !== '') found.push({ how, text })
    }
  }
  flush()
  return found
}
