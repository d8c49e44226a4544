import { expect, test } from 'vitest'
import { type Span, spansOf } from './spans'

const SIGNS: Readonly<Record<Span['how'], string>> = { kept: '', out: '-', in: '+' }
const shown = (spans: readonly Span[]) =>
  spans.map(({ how, text }) => (how === 'kept' ? text : `[${SIGNS[how]}${text}]`)).join('')

test.each<[string, string, string, string]>([
  ['en', 'not more than 50 tonnes a week', 'not more than 80 tonnes a week', 'not more than [-50][+80] tonnes a week'],
  ['en', 'a b', 'a b', 'a b'],
  ['en', '', 'new', '[+new]'],
  ['en', 'old', '', '[-old]'],
  ['en', '', '', ''],
  ['ko', '90일 전에 통보한다', '180일 전에 통보한다', '[-90][+180]일 전에 통보한다'],
  ['ja', '九十日前に通告する。', '百八十日前に通告する。', '[-九十][+百八十]日前に通告する。'],
])('%s: %s becomes %s', (lang, before, after, expected) => {
  expect(shown(spansOf(before, after, lang))).toBe(expected)
})

test('nothing is lost, whatever the texts', () => {
  const words = ['물', 'water', ' ', '水', 'no', '、', '50']
  // A fixed sequence, so that a failure can be seen again.
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return Math.floor((seed / 2147483648) * below)
  }
  const text = () => Array.from({ length: next(30) }, () => words[next(words.length)]).join('')
  const side = (spans: readonly Span[], without: Span['how']) =>
    spans
      .filter(({ how }) => how !== without)
      .map(span => span.text)
      .join('')
  for (let round = 0; round < 200; round += 1) {
    const [before, after] = [text(), text()]
    const spans = spansOf(before, after, 'ja')
    expect([side(spans, 'in'), side(spans, 'out')]).toEqual([before, after])
  }
})

test('texts too long to compare word by word are shown whole', () => {
  const [before, after] = ['a '.repeat(2000), 'b '.repeat(2000)]
  expect(spansOf(before, after, 'en')).toEqual([
    { how: 'out', text: before },
    { how: 'in', text: after },
  ])
})
