import { expect } from '@playwright/test'
import { test, visit } from './node'

test('the content is one step away from the top of the page', async ({ open }) => {
  const { page, t } = await open()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: t('skip') })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('a question is asked without a mouse', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  const answers: readonly [string, string][] = [
    ['ask-giver', 'kr-mois'],
    ['ask-receiver', 'jp-cao'],
    ['ask-commodity', 'blanket'],
  ]
  for (const [field, text] of answers) {
    await page.getByRole('combobox', { name: t(field) }).focus()
    await page.keyboard.type(text)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('combobox', { name: t(field) })).toHaveValue(new RegExp(text))
  }
  // Sending is a step of its own: no Enter within a field has asked anything yet.
  const decision = page.getByRole('region', { name: t('decision'), exact: true })
  await expect(decision).toHaveCount(0)
  await page.getByRole('button', { name: t('ask-send') }).focus()
  await page.keyboard.press('Enter')
  await expect(decision).toBeVisible()
})

test('a page opened by a link starts at its content', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await page.getByRole('link', { name: t('nav-nodes'), exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})
