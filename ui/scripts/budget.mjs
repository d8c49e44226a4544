// Says what a browser loads before the first useful view (the situation in one language), and
// fails when that outgrows the budget.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 260
const dist = new URL('../dist', import.meta.url).pathname
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
const size = file => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length

/** Every file that an entry loads at once. */
function filesOf(key, seen = new Set()) {
  const chunk = manifest[key]
  if (chunk === undefined) throw new Error(`the build has no ${key}`)
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const style of chunk.css ?? []) seen.add(style)
  for (const next of chunk.imports ?? []) filesOf(next, seen)
  return seen
}

const total = files => [...files].reduce((sum, file) => sum + size(file), 0)
const kilobytes = bytes => `${(bytes / 1024).toFixed(1)} kB`
const frame = filesOf('index.html')
const page = size('index.html') + total(frame)
const languages = ['ko', 'ja', 'zh-Hans', 'en'].map(lang => {
  const files = filesOf(`src/words/${lang}.ts`)
  return [lang, total([...files].filter(file => !frame.has(file)))]
})
const largest = Math.max(...languages.map(([, bytes]) => bytes))
const first = page + largest
console.log(`first useful view: ${kilobytes(first)} of ${BUDGET_KB} kB, compressed with gzip`)
console.log(`  page and situation: ${kilobytes(page)}`)
for (const [lang, bytes] of languages) console.log(`  words ${lang}: ${kilobytes(bytes)}`)
for (const name of ['plan', 'readiness', 'case', 'agreements', 'agreement', 'life', 'nodes', 'report', 'report-chart']) {
  const more = [...filesOf(`src/pages/${name}.tsx`)].filter(file => !frame.has(file))
  console.log(`  then ${name}: ${kilobytes(total(more))}`)
}
if (first > BUDGET_KB * 1024) {
  console.error(`over the budget by ${kilobytes(first - BUDGET_KB * 1024)}`)
  process.exit(1)
}
