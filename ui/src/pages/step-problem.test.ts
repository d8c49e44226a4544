import { expect, test } from 'vitest'
import { positionsIn } from './step-problem'

const said = (en: string) => ({ words: { ko: '', ja: '', 'zh-Hans': '', en } })

test.each<[string, string[]]>([
  ['the text does not read as an agreement:\ndraft:12:5: clause art-2: `kind` is missing', ['12:5']],
  ['the text does not read as an agreement:\ndraft:1:1: a\ndraft:9:14: b\ndraft:9:14: c', ['1:1', '9:14']],
  ['the text does not read as an agreement (line 3, column 21): no such party; mend the draft', ['3:21']],
  ['the agreement is under way already: `kr-jp` is under way in matter 12ab', []],
  ['sent on 2026-11-21 at 23:41:55: nothing', []],
])('%s', (text, expected) => {
  expect(positionsIn(said(text)).map(({ line, column }) => `${line}:${column}`)).toEqual(expected)
})
