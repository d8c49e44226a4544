import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Outline, outlineOf } from './outline'

const LIBRARY = join(import.meta.dirname, '../../../agreements')

const outline = (more: Partial<Outline>): Outline => ({ id: null, nature: null, parties: [], title: {}, ...more })

test.each<[string, string, Outline]>([
  ['nothing', '', outline({})],
  ['no agreement at all', '%PDF-1.7 ]]] "x', outline({})],
  ['a list over several lines', 'parties = [\n  "a", # one\n  "b",\n]\nid = "x"', outline({ id: 'x', parties: ['a', 'b'] })],
  ['a sign of comment within a text', 'id = "a#b" # c', outline({ id: 'a#b' })],
  ['bare quotes', "id = 'x'", outline({ id: 'x' })],
  ['a title', '[title]\nja = "合意"\nzh-Hans = "协议"', outline({ title: { ja: '合意', 'zh-Hans': '协议' } })],
  ['the id of a clause is none of the agreement', '[[clause]]\nid = "art-1"', outline({})],
  ['line ends of another system', 'id = "x"\r\nnature = "draft"\r\n', outline({ id: 'x', nature: 'draft' })],
])('%s', (_, text, expected) => {
  expect(outlineOf(text)).toEqual(expected)
})

const files = readdirSync(LIBRARY).filter(name => name.endsWith('.toml'))

test('there are agreements to skim', () => {
  expect(files.length).toBeGreaterThan(10)
})

test.each(files)('%s is skimmed', name => {
  const read = outlineOf(readFileSync(join(LIBRARY, name), 'utf8'))
  expect(`${read.id}.toml`).toBe(name)
  expect(read.parties.length).toBeGreaterThanOrEqual(2)
  expect(Object.keys(read.title).sort()).toEqual(['en', 'ja', 'ko', 'zh-Hans'])
})
