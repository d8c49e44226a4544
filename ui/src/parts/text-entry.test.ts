import { expect, test } from 'vitest'
import { type Position, spanAt, textOf } from './text-entry'

test.each<[string, Position, string]>([
  ['one\ntwo\nthree', { line: 2, column: 1 }, 'two'],
  ['one\ntwo\nthree', { line: 3, column: 3 }, 'ree'],
  ['一\n二三四', { line: 2, column: 2 }, '三四'],
  // Outside the basic plane a character is two units long.
  ['x = "𠮷野", y', { line: 1, column: 10 }, ' y'],
  ['one', { line: 9, column: 9 }, ''],
  ['', { line: 1, column: 1 }, ''],
])('%j at %j', (text, position, selected) => {
  const { start, end } = spanAt(text, position)
  expect(text.slice(start, end)).toBe(selected)
})

const bytes = (...values: number[]) => new Uint8Array(values).buffer

test.each<[string, ArrayBuffer, string | null]>([
  ['line ends are kept', bytes(0x61, 0x0d, 0x0a), 'a\r\n'],
  ['a byte order mark is kept', bytes(0xef, 0xbb, 0xbf, 0x61), '\u{feff}a'],
  ['Korean', bytes(0xed, 0x95, 0x9c), '한'],
  ['another encoding is told, not guessed', bytes(0xc7, 0xd1), null],
])('%s', (_, input, expected) => {
  expect(textOf(input)).toBe(expected)
})
