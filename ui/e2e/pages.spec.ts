import { expect } from '@playwright/test'
import { expectAccessible, LANGS, PAGES, test, visit } from './node'

// Every rule of accessibility on every node of five long pages takes a busy machine its time.
test.slow()

/** Pages that show a case, and so say whether it is real. */
const OF_A_CASE: readonly string[] = ['situation', 'case', 'report']

for (const lang of LANGS) {
  test(`every page loads in ${lang} and is accessible`, async ({ open }) => {
    const opened = await open({ lang })
    const { page, t, faults } = opened
    for (const id of PAGES) {
      await visit(opened, id)
      await expect(page.getByRole('alert')).toHaveCount(0)
      const banner = page.getByText(t('banner-exercise'), { exact: true })
      await expect(banner).toHaveCount(OF_A_CASE.includes(id) ? 1 : 0)
      await expectAccessible(page)
    }
    expect(faults).toEqual([])
  })
}

test('every page is accessible in the dark', async ({ open }) => {
  const opened = await open({ colorScheme: 'dark' })
  for (const id of PAGES) {
    await visit(opened, id)
    await expectAccessible(opened.page)
  }
})

test('every page is accessible where tables are wider than the window', async ({ open }) => {
  const opened = await open({ lang: 'ja', width: 980 })
  for (const id of PAGES) {
    await visit(opened, id)
    await expectAccessible(opened.page)
  }
})

test('no page is wider than a phone', async ({ open }) => {
  const opened = await open({ lang: 'ko', width: 360 })
  for (const id of PAGES) {
    await visit(opened, id)
    const wider = await opened.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wider, id).toBeLessThanOrEqual(0)
  }
})

test('the exercise banner stays in sight and on paper', async ({ open }) => {
  const { page, t } = await open()
  const banner = page.getByText(t('banner-exercise'), { exact: true })
  await expect(banner).toBeInViewport()
  await expect(page).toHaveTitle(new RegExp(t('status-exercise')))
  await page.mouse.wheel(0, 3000)
  await expect(banner).toBeInViewport()
  await page.emulateMedia({ media: 'print' })
  await expect(banner).toBeVisible()
})

test('an address without a page says so and keeps the menu', async ({ open }) => {
  const { page, t } = await open()
  await page.evaluate(() => {
    window.location.hash = '#/nowhere'
  })
  await expect(page.getByText(t('unknown-page'))).toBeVisible()
  await expect(page.getByRole('navigation')).toBeVisible()
})

test('a link that breaks is told apart from a node that fails', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await page.route('**/api/v1/agreements', route => route.abort())
  await page.getByRole('link', { name: t('nav-agreements'), exact: true }).click()
  await expect(page.getByRole('alert')).toContainText(t('fault-link'))
  await page.unroute('**/api/v1/agreements')
  await page.getByRole('button', { name: t('try-again') }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
})
