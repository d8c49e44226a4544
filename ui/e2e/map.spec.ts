import { expect, type Page } from '@playwright/test'
import { expectAccessible, LANGS, type Opened, test, visit } from './node'

/** Goes to the map of some parties and waits for it. */
async function visitMap({ page, t }: Opened, parties: string, more = ''): Promise<void> {
  const query = parties.split(' ').map(party => `party=${party}`).join('&')
  await page.evaluate(hash => {
    window.location.hash = hash
  }, `#/agreements/map?${query}&on=2026-11-01${more}`)
  await expect(page.getByRole('heading', { level: 1, name: t('page-map') })).toBeVisible()
  await expect(page.getByRole('region', { name: t('map-matrix') })).toBeVisible()
}

async function widerThanWindow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

for (const lang of LANGS) {
  test(`the map reads in ${lang}, in the dark and on a phone`, async ({ open }) => {
    const opened = await open({ lang, colorScheme: lang === 'ja' ? 'dark' : 'light' })
    const { page, t, faults } = opened
    await visit(opened, 'agreements')
    await page.getByRole('link', { name: t('page-map') }).click()
    await visitMap(opened, 'kr-42 jp-31 kr-mnd jp-mod')
    await expect(page.getByText(t('map-level-coming')).first()).toHaveCount(1)
    await expectAccessible(page)
    await page.setViewportSize({ width: 360, height: 800 })
    expect(await widerThanWindow(page)).toBeLessThanOrEqual(0)
    await expectAccessible(page)
    expect(faults).toEqual([])
  })
}

test('a cell says what is drafted, and its clauses lead to the agreement', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visitMap(opened, 'kr-42 jp-31')
  const matrix = page.getByRole('region', { name: t('map-matrix') })
  await expect(matrix.getByText(t('map-answer-talk')).first()).toBeVisible()
  const drafted = t('map-drafted', { answer: t('map-answer-unasked') })
  await expect(matrix.getByText(drafted).first()).toBeVisible()
  await matrix.getByText(t('map-acts')).nth(1).click()
  await matrix.getByRole('link').filter({ visible: true }).first().click()
  await expect(page.locator('.pointed')).toBeInViewport()
})

test('a party is added and removed, and the address says which are looked at', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visitMap(opened, 'kr-42')
  await page.getByRole('combobox', { name: t('map-add') }).fill('jp-31')
  await page.getByRole('option').first().click()
  await expect(page).toHaveURL(/party=kr-42&party=jp-31/)
  const matrix = page.getByRole('region', { name: t('map-matrix') })
  await expect(matrix.getByRole('row')).toHaveCount(2)
  const chosen = page.getByRole('list', { name: t('map-chosen') })
  await chosen.getByRole('button').first().click()
  await expect(page).not.toHaveURL(/party=kr-42/)
  await expect(chosen.getByRole('listitem')).toHaveCount(1)
})

test('a gap leads to the question form, filled in', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visitMap(opened, 'jp-31 kr-42', '&status=exercise')
  const gaps = page.getByRole('region', { name: t('map-gaps') })
  await gaps.getByRole('link', { name: t('map-ask') }).first().click()
  await expect(page.getByRole('combobox', { name: t('ask-giver') })).toHaveValue(/kr-42/)
  await expect(page.getByRole('combobox', { name: t('ask-receiver') })).toHaveValue(/jp-31/)
  await page.getByRole('button', { name: t('ask-send') }).click()
  await expect(page.getByRole('region', { name: t('decision'), exact: true })).toBeVisible()
})
