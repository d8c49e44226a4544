import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import { type Browser, expect, type Page, test as plain } from '@playwright/test'
import { type Lang, LOCALES, OWN_NAMES } from '../src/words/language'

export { type Lang, LANGS } from '../src/words/language'

const LOCALE_FOLDER = join(import.meta.dirname, '../../locales')

/** The pages, by the ids of their words. */
export const PAGES = ['situation', 'readiness', 'case', 'agreements', 'nodes', 'report'] as const
export type PageId = (typeof PAGES)[number]

/** Says a message in a language, as the pages do. */
export type Say = (id: string, values?: Record<string, FluentVariable>) => string

/** The words of one language, read from the files the pages are built from. */
export function wordsOf(lang: Lang): Say {
  const bundle = new FluentBundle(LOCALES[lang], { useIsolating: false })
  const folder = join(LOCALE_FOLDER, lang)
  for (const name of readdirSync(folder).filter(file => /^(ui-.*|hazard)\.ftl$/.test(file))) {
    bundle.addResource(new FluentResource(readFileSync(join(folder, name), 'utf8')))
  }
  return (id, values) => {
    const pattern = bundle.getMessage(id)?.value
    if (pattern == null) throw new Error(`no words for ${id} in ${lang}`)
    return bundle.formatPattern(pattern, values ?? null)
  }
}

/** The address of the node under test. */
export function address(): string {
  const url = process.env.PUMASI_URL
  if (url === undefined || url === '') {
    throw new Error('PUMASI_URL is not set: give the address the node printed')
  }
  return url
}

export interface Opened {
  page: Page
  t: Say
  /** What went wrong in the browser so far. */
  faults: string[]
}

interface Options {
  lang?: Lang
  colorScheme?: 'light' | 'dark'
  width?: number
}

async function openIn(browser: Browser, options: Options = {}): Promise<Opened> {
  const { lang = 'en', colorScheme = 'light', width = 1366 } = options
  const context = await browser.newContext({
    colorScheme,
    locale: 'fr-FR',
    viewport: { width, height: 900 },
  })
  const page = await context.newPage()
  const faults: string[] = []
  const origin = new URL(address()).origin
  page.on('pageerror', error => faults.push(`error: ${error.message}`))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('request', request => {
    if (!request.url().startsWith(origin)) faults.push(`request outside: ${request.url()}`)
  })
  await page.goto(address())
  // A reader whose language we do not speak is met in English.
  // On a busy machine a press may come before the page listens: it is pressed again.
  await expect(async () => {
    await page.getByRole('radio', { name: OWN_NAMES[lang] }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', lang, { timeout: 2_000 })
  }).toPass()
  return { page, t: wordsOf(lang), faults }
}

/** A test that may open the node; what it opened is closed, and shown when the test failed. */
export const test = plain.extend<{ open: (options?: Options) => Promise<Opened> }>({
  open: async ({ browser }, use, info) => {
    const pages: Page[] = []
    await use(async options => {
      const opened = await openIn(browser, options)
      pages.push(opened.page)
      return opened
    })
    for (const page of pages) {
      if (info.status !== info.expectedStatus) {
        await info.attach('page', { body: await page.screenshot(), contentType: 'image/png' })
      }
      await page.context().close()
    }
  },
})

/** Goes to a page through the menu and waits for its content. */
export async function visit({ page, t }: Opened, id: PageId): Promise<void> {
  const link = page.getByRole('link', { name: t(`nav-${id}`), exact: true })
  await link.click()
  // From here on the heading is the new page's own.
  await expect(link).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: t('loading') })).toHaveCount(0)
}

/** Fails with every rule of WCAG 2.2 AA and of good practice that the page breaks. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const shown = violations.map(({ id, nodes }) =>
    [id, ...nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary}`)].join('\n'),
  )
  expect(shown).toEqual([])
}
