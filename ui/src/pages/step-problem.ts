import type { Problem } from '../api/client'
import type { Position } from '../parts/text-entry'

/**
 * The places in a text that a refusal names.
 *
 * A file that does not read is told of fault by fault, `draft:12:5: …`; a draft that the rules
 * refuse has its first fault in a sentence.
 */
export function positionsIn({ words }: Pick<Problem, 'words'>): Position[] {
  const found = new Map<string, Position>()
  const places = words.en.matchAll(/^[^\s:]+:(\d+):(\d+): |\bline (\d+), column (\d+)/gm)
  for (const [, fileLine, fileColumn, line = fileLine, column = fileColumn] of places) {
    if (line === undefined || column === undefined) continue
    found.set(`${line}:${column}`, { line: Number(line), column: Number(column) })
  }
  return [...found.values()]
}
