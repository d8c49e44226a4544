import { expect, type Page } from '@playwright/test'
import { expectAccessible, type Say, test, visit } from './node'

/** Chooses from a list by typing part of a name or code. */
async function choose(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label })
  await field.fill(text)
  await page.getByRole('option').first().click()
  await expect(page.getByRole('option')).toHaveCount(0)
}

async function askFor(page: Page, t: Say, commodity: string): Promise<void> {
  await choose(page, t('ask-giver'), 'kr-mois')
  await choose(page, t('ask-receiver'), 'jp-cao')
  await choose(page, t('ask-commodity'), commodity)
  await page.getByRole('button', { name: t('ask-send') }).click()
}

test('ammunition is refused, and the answer cites the article', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  await askFor(page, t, 'ammunition')
  const answer = page.getByRole('region', { name: t('decision'), exact: true })
  await expect(answer).toContainText(t('outcome-refused'))
  await expect(answer.getByRole('link').first()).toContainText(/Article|art/i)
  await expectAccessible(page)
  await answer.getByRole('link').first().click()
  await expect(page.locator('.pointed')).toBeInViewport()
})

test('an answer never stands beside a changed question', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  await askFor(page, t, 'ammunition')
  const answer = page.getByRole('region', { name: t('decision'), exact: true })
  await expect(answer).toBeVisible()
  await choose(page, t('ask-commodity'), 'blanket')
  await expect(answer).toHaveCount(0)
})

test('what was typed outlives a broken link', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  await page.route('**/api/v1/agreements/ask', route => route.abort())
  await askFor(page, t, 'blanket')
  await expect(page.getByRole('alert')).toContainText(t('fault-link'))
  await expect(page.getByRole('combobox', { name: t('ask-giver') })).toHaveValue(/kr-mois/)
  await page.unroute('**/api/v1/agreements/ask')
  await page.getByRole('button', { name: t('ask-send') }).click()
  await expect(page.getByRole('region', { name: t('decision'), exact: true })).toBeVisible()
})

test('the Enter that ends a composition chooses nothing', async ({ open }) => {
  const opened = await open({ lang: 'ko' })
  const { page, t } = opened
  await visit(opened, 'agreements')
  const field = page.getByRole('combobox', { name: t('ask-giver') })
  await field.fill('kr-mois')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option').first()).toBeVisible()
  const session = await page.context().newCDPSession(page)
  await session.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  })
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(field).toHaveValue(/kr-mois/)
})

test('the library tells real texts, summaries and drafts apart', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  const library = page.getByRole('region', { name: t('library') })
  await expect(library.getByText(t('nature-draft'), { exact: true }).first()).toBeVisible()
  await library.getByRole('row').filter({ hasText: t('nature-draft') }).getByRole('link').first().click()
  await expect(page.getByText(t('nature-draft-notice'))).toBeVisible()
  await expect(page.locator('blockquote[lang]').first()).toBeVisible()
})
