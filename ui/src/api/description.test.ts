import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')

/** The types alone, without heading and comments: only what a call sends and brings counts. */
function types(text: string): string {
  const uncommented = text.replace(/\/\*\*[\s\S]*?\*\//g, '')
  return uncommented.slice(uncommented.indexOf('export interface paths')).replace(/\s+/g, ' ').trim()
}

test('the client is made from the API as it is described now: run `npm run api` if it is not', async () => {
  const description = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8'))
  const made = astToString(await openapiTS(description))
  expect(types(readFileSync(join(ROOT, 'ui/src/api.d.ts'), 'utf8'))).toBe(types(made))
})
