import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FluentResource } from '@fluent/bundle'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { firstLanguage, type Lang, LANGS } from './language'
import { bundleOf, speak } from './words'

const ROOT = join(import.meta.dirname, '../../..')
const SOURCES = join(ROOT, 'ui/src')
const FILES = readdirSync(join(ROOT, 'locales/en')).filter(name => /^(ui-.*|hazard)\.ftl$/.test(name))

function textOf(lang: Lang, file: string): string {
  const path = join(ROOT, 'locales', lang, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Every message with its variables, as one line each: `range high low`. */
function shape(text: string): string[] {
  return new FluentResource(text).body
    .map(({ id, value }) => [id, ...variables(value)].join(' '))
    .sort()
}

function variables(part: unknown): string[] {
  const found = new Set<string>()
  const walk = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      const { type, name } = value as { type?: string; name?: string }
      if (type === 'var' && name !== undefined) found.add(name)
      Object.values(value).forEach(walk)
    }
  }
  walk(part)
  return [...found].sort()
}

/** How many messages a file begins, counted without the parser, which skips what it cannot read. */
const begun = (text: string) => text.split('\n').filter(line => /^[a-z][\w-]* =/.test(line)).length

describe('the four languages', () => {
  test('there are words to compare', () => {
    expect(FILES.length).toBeGreaterThan(5)
  })

  for (const file of FILES) {
    for (const lang of LANGS) {
      test(`${lang}/${file} has the messages and variables of English, each once`, () => {
        const text = textOf(lang, file)
        expect(shape(text)).toEqual(shape(textOf('en', file)))
        expect(new FluentResource(text).body).toHaveLength(begun(text))
        expect(new Set(shape(text)).size).toBe(begun(text))
      })
    }
  }

  test('no message id is given by two files', () => {
    const ids = FILES.flatMap(file => new FluentResource(textOf('en', file)).body.map(({ id }) => id))
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  })

  test('Korean puts no particle after a variable', () => {
    const particle = /\}\s?(은|는|이|가|을|를|과|와|로|으로)(?=[\s.,)]|$)/m
    const found = FILES.filter(file => particle.test(textOf('ko', file)))
    expect(found).toEqual([])
  })
})

const english = FILES.map(file => textOf('en', file)).join('\n')

describe('the pages', () => {
  const pages = sourceFiles(SOURCES)

  test('say only what the words contain', () => {
    const known = new Set(new FluentResource(english).body.map(({ id }) => id))
    const said = pages.flatMap(({ file, source }) =>
      calls(source, 't').map(id => ({ file, id })),
    )
    expect(said.length).toBeGreaterThan(200)
    expect(said.filter(({ id }) => !known.has(id))).toEqual([])
  })

  test('use every message', () => {
    const whole = new Set(pages.flatMap(({ source }) => [...calls(source, 't'), ...strings(source)]))
    const groups = pages.flatMap(({ source }) => [
      ...calls(source, 'term'),
      ...calls(source, 'words'),
      ...templates(source),
    ])
    const unused = new FluentResource(english).body
      .map(({ id }) => id)
      .filter(id => !whole.has(id) && !groups.some(group => id.startsWith(`${group}-`)))
    expect(unused).toEqual([])
  })

  test('hold no literal text', () => {
    expect(pages.flatMap(({ file, source }) => literals(source).map(text => `${file}: ${text}`))).toEqual([])
  })

  test('the test above sees literal text', () => {
    const source = ts.createSourceFile(
      'x.tsx',
      'const a = <p title="Hello">World {"now"} <b>·</b></p>',
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TSX,
    )
    expect(literals(source)).toEqual(['Hello', 'World', 'now'])
  })
})

/** The codes that the models write, read from where they are defined. */
const CODES: readonly [group: string, file: string, code: RegExp, least: number][] = [
  ['hazard', 'pumasi-hazard/src/message/hazard.rs', /Self::\w+ => "(\w+)"/g, 17],
  ['degree', 'pumasi-hazard/src/severity.rs', /Self::\w+ => "(\w+)"/g, 4],
  ['method', 'pumasi-hazard/src/needs.rs', /^ {4}\w+ = "(\w+)",$/gm, 12],
  ['message', 'pumasi-act/src/kinds/relay_alert.rs', /Self::\w+ => "(\w+)"/g, 3],
  ['count', 'pumasi-view/src/estimated.rs', /\("(\w+)", counts\.\w+\)/g, 7],
]

describe('codes', () => {
  for (const [group, file, code, least] of CODES) {
    const codes = [...readFileSync(join(ROOT, 'crates', file), 'utf8').matchAll(code)].map(([, name]) => name ?? '')

    test(`every ${group} is found`, () => {
      expect(codes.length).toBeGreaterThanOrEqual(least)
    })

    for (const lang of LANGS) {
      test(`every ${group} has its word in ${lang}`, () => {
        const bundle = bundleOf(lang, FILES.map(name => textOf(lang, name)).join('\n'))
        const unsaid = codes.filter(name => !bundle.hasMessage(`${group}-${name.replaceAll('_', '-')}`))
        expect(unsaid).toEqual([])
      })
    }
  }
})

describe('speaking', () => {
  const words = speak('en', bundleOf('en', english), () => undefined)

  test('English counts', () => {
    expect(words.t('acts-count', { count: 1 })).toBe('1 act')
    expect(words.t('acts-count', { count: 1200 })).toBe('1,200 acts')
  })

  test('a value a newer node sends is shown as it is', () => {
    expect(words.term('stage', 'in_fulfilment')).toBe('On the way')
    expect(words.term('stage', 'of_tomorrow')).toBe('of_tomorrow')
  })
})

test.each<[string | null, string[], Lang]>([
  ['ja', ['ko'], 'ja'],
  [null, ['fr', 'zh-TW'], 'zh-Hans'],
  ['xx', ['ko-KR'], 'ko'],
  [null, [], 'en'],
])('chosen %s, asked %s: %s', (chosen, asked, lang) => {
  expect(firstLanguage(chosen, asked)).toBe(lang)
})

interface Source {
  file: string
  source: ts.SourceFile
}

function sourceFiles(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !/\.(test|d)\./.test(name))
    .map(file => ({
      file,
      source: ts.createSourceFile(
        file,
        readFileSync(join(folder, file), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
        file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
      ),
    }))
}

function each(source: ts.SourceFile, visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node) => {
    visit(node)
    ts.forEachChild(node, walk)
  }
  walk(source)
}

/** The literal first arguments of calls of `name` or `something.name`; both sides of a choice. */
function calls(source: ts.SourceFile, name: string): string[] {
  const found: string[] = []
  each(source, node => {
    if (!ts.isCallExpression(node)) return
    const callee = node.expression
    const called = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText()
    const [first] = node.arguments
    if (called !== name || first === undefined) return
    const parts = ts.isConditionalExpression(first) ? [first.whenTrue, first.whenFalse] : [first]
    for (const part of parts) if (ts.isStringLiteral(part)) found.push(part.text)
  })
  return found
}

function strings(source: ts.SourceFile): string[] {
  const found: string[] = []
  each(source, node => {
    if (ts.isStringLiteral(node)) found.push(node.text)
  })
  return found
}

/** The fixed beginnings of template texts: `page` of `page-${route.page}`. */
function templates(source: ts.SourceFile): string[] {
  const found: string[] = []
  each(source, node => {
    if (ts.isTemplateExpression(node) && /^[a-z-]+-$/.test(node.head.text)) {
      found.push(node.head.text.slice(0, -1))
    }
    // `${id}-detail` is covered by the message it belongs to.
    if (ts.isTemplateExpression(node) && node.head.text === '') found.push(...strings(source))
  })
  return found
}

const SPOKEN = new Set(['title', 'alt', 'placeholder', 'label', 'aria-label', 'caption', 'sentence'])

/** Texts with letters that a reader would see although no language file has them. */
function literals(source: ts.SourceFile): string[] {
  const found: string[] = []
  const note = (text: string) => {
    if (/\p{L}/u.test(text)) found.push(text.trim())
  }
  each(source, node => {
    if (ts.isJsxText(node)) note(node.text)
    else if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText())) {
      if (node.initializer !== undefined && ts.isStringLiteral(node.initializer)) note(node.initializer.text)
    } else if (ts.isJsxExpression(node) && node.expression !== undefined && !ts.isJsxAttribute(node.parent)) {
      if (ts.isStringLiteral(node.expression)) note(node.expression.text)
    }
  })
  return found
}
