import type { AgreementLine } from '../api/client'

/** What an agreement file says of itself before its first clause. */
export interface Outline {
  id: string | null
  nature: string | null
  parties: string[]
  /** Its title by language tag. */
  title: Readonly<Partial<Record<string, string>>>
}

/** What this node says of an agreement whose text it has. */
export function outlineOfLine({ id, nature, parties, title }: AgreementLine): Outline {
  return { id, nature, parties: parties.map(party => party.id), title }
}

/**
 * Skims an agreement file, so that its author sees what is about to be proposed.
 *
 * The node reads the file in earnest and refuses what it cannot read; whatever is unclear here is
 * left out.
 */
export function outlineOf(text: string): Outline {
  const values = new Map<string, string[]>()
  let table = ''
  for (const line of joined(text)) {
    const header = /^\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}/.exec(line)
    if (header !== null) {
      table = header[1] ?? ''
      continue
    }
    const [, key, rest] = /^\s*([\w.-]+)\s*=(.*)$/s.exec(line) ?? []
    if (key === undefined || rest === undefined) continue
    const path = table === '' ? key : `${table}.${key}`
    if (!values.has(path)) values.set(path, strings(rest))
  }
  const title = [...values].flatMap(([path, [value]]) =>
    path.startsWith('title.') && value !== undefined ? [[path.slice('title.'.length), value]] : [],
  )
  return {
    id: values.get('id')?.[0] ?? null,
    nature: values.get('nature')?.[0] ?? null,
    parties: values.get('parties') ?? [],
    title: Object.fromEntries(title),
  }
}

/** The lines without comments; a list that runs over several lines becomes one. */
function joined(text: string): string[] {
  const lines: string[] = []
  let open = ''
  for (const line of text.split(/\r?\n/)) {
    const whole = open + uncommented(line)
    const bare = whole.replace(STRING, '')
    const begins = /^\s*[\w.-]+\s*=/.test(bare)
    if (begins && count(bare, '[') > count(bare, ']')) {
      open = `${whole} `
    } else {
      lines.push(whole)
      open = ''
    }
  }
  return lines
}

const STRING = /"(?:[^"\\]|\\.)*"|'[^']*'/g

function uncommented(line: string): string {
  const from = line.replace(STRING, found => ' '.repeat(found.length)).indexOf('#')
  return from === -1 ? line : line.slice(0, from)
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}

function strings(text: string): string[] {
  return (text.match(STRING) ?? []).map(unquoted)
}

function unquoted(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1)
  try {
    // The escapes in use are those of JSON.
    return String(JSON.parse(quoted))
  } catch {
    return quoted.slice(1, -1)
  }
}
