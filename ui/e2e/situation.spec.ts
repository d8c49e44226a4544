import { expect } from '@playwright/test'
import { expectAccessible, test, visit } from './node'

test('the situation answers without a click', async ({ open }) => {
  const { page, t } = await open()
  const answers = page.getByRole('region', { name: t('answers') })
  for (const id of ['answer-broke', 'answer-reach', 'answer-moves', 'answer-gap']) {
    await expect(answers.getByRole('heading', { name: t(id) })).toBeVisible()
  }
  await expect(answers.locator('strong').first()).not.toHaveText('0')
})

test('each map has a sentence, a disclaimer and a table with the same figures', async ({ open }) => {
  const { page, t } = await open()
  const maps = page.getByRole('region', { name: t('maps') })
  await expect(maps.getByRole('img')).toHaveCount(2)
  for (const map of await maps.getByRole('img').all()) {
    expect(((await map.getAttribute('aria-label')) ?? '').length).toBeGreaterThan(40)
  }
  await expect(maps.getByText(t('map-disclaimer'))).toHaveCount(2)
  for (const id of ['places', 'links', 'flows']) {
    const rows = page.getByRole('region', { name: t(id) }).getByRole('row')
    expect(await rows.count(), id).toBeGreaterThan(1)
  }
})

test('links that do not run are told by word and cause', async ({ open }) => {
  const { page, t } = await open()
  const links = page.getByRole('region', { name: t('links') })
  const stopped = links.getByRole('row').filter({ hasText: t('link-suspended') })
  const slowed = links.getByRole('row').filter({ hasText: t('link-restricted') })
  const first = stopped.or(slowed).first()
  await expect(first).toBeVisible()
  const causes = ['relations', 'pandemic', 'operator', 'damage', 'weather', 'season']
  await expect(first).toContainText(new RegExp(causes.map(cause => t(`cause-${cause}`)).join('|')))
})

test('times are told on the clocks of all neighbours', async ({ open }) => {
  const opened = await open({ lang: 'zh-Hans' })
  await visit(opened, 'situation')
  await expect(opened.page.getByRole('main').locator('time').first()).toHaveText(/CST.*JST.*KST/)
})

test('people are told with ranges and with what each figure means', async ({ open }) => {
  const { page, t } = await open()
  const people = page.getByRole('region', { name: t('people'), exact: true })
  await expect(people.getByRole('listitem')).toHaveCount(5)
  for (const id of ['residents', 'people-evacuated', 'people-displaced', 'without-water', 'deaths']) {
    await expect(people.getByRole('heading', { name: t(id), exact: true })).toBeVisible()
  }
  await expect(people.getByText(t('people-displaced-meaning'))).toBeVisible()
  expect(await people.locator('.range-bar').count()).toBeGreaterThanOrEqual(3)
})

test('the estimate is followed from message to message', async ({ open }) => {
  const { page, t } = await open()
  const moves = page.getByRole('region', { name: t('moves') })
  const rows = moves.getByRole('row')
  expect(await rows.count()).toBeGreaterThan(2)
  const chart = moves.getByRole('img')
  await expect(chart).toHaveCount(1)
  await expect(moves.getByText((await chart.getAttribute('aria-label')) ?? 'no words')).toBeVisible()
  // The newest stands first and the oldest, which has nothing before it, last.
  await expect(rows.last()).toContainText(t('none'))
})

test('every message is listed with its kind, its own headline and its digest', async ({ open }) => {
  const { page, t } = await open()
  const messages = page.getByRole('region', { name: t('messages') })
  const first = messages.getByRole('row').nth(1)
  await expect(first).toContainText(new RegExp(['alert', 'update', 'cancel'].map(kind => t(`message-${kind}`)).join('|')))
  await expect(first.locator('span[lang]').first()).not.toHaveAttribute('lang', '')
  await first.locator('summary').focus()
  await page.keyboard.press('Enter')
  expect((await first.locator('.spelled').innerText()).replaceAll(/\s/g, '')).toMatch(/^[0-9a-f]{64}$/)
})

test('the sources of a place are one key away', async ({ open }) => {
  const { page, t } = await open()
  const places = page.getByRole('region', { name: t('places') })
  const button = places.getByRole('button', { name: new RegExp(t('sources-of', { place: '' }).trim()) }).first()
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(t('message-behind'))).toBeVisible()
  await expect(dialog.getByText(t('factors'), { exact: true })).toBeVisible()
  const rows = dialog.getByRole('row')
  expect(await rows.count()).toBeGreaterThan(1)
  await expect(rows.nth(1)).toContainText(new RegExp(`${t('need-per-day')}|${t('need-once')}`))
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(button).toBeFocused()
})

test('the sources of a place fit a phone', async ({ open }) => {
  const { page, t } = await open({ lang: 'ko', width: 360 })
  await page.getByRole('button', { name: new RegExp(t('sources-of', { place: '' }).trim()) }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  const wider = await page.getByRole('dialog').evaluate(pane => pane.scrollWidth - pane.clientWidth)
  expect(wider).toBeLessThanOrEqual(0)
})

test('needs have the local stock, and a first tranche that says how it is sized', async ({ open }) => {
  const { page, t } = await open()
  const needs = page.getByRole('region', { name: t('situation-needs') })
  for (const id of ['need-stock', 'need-first-tranche']) {
    await expect(needs.getByRole('columnheader', { name: t(id), exact: true })).toBeVisible()
  }
  await expect(needs.getByText(t('need-first-tranche-why'))).toBeVisible()
})

test('paper shows every message, every estimate and every place', async ({ open }) => {
  const { page, t } = await open()
  const places = page.getByRole('region', { name: t('places') })
  const shown = Number(await places.locator('.count').innerText())
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect(places.getByRole('row')).toHaveCount(shown + 1)
})
