import { expect } from '@playwright/test'
import { test, visit } from './node'

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
