import { expect } from '@playwright/test'
import { test, visit } from './node'

test('the report tells when first aid came and what stayed unmet', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'report')
  const figures = page.getByRole('region', { name: t('report-figures') })
  await expect(figures.getByRole('heading', { name: t('first-aid'), exact: true })).toBeVisible()
  await expect(figures.locator('strong').first()).not.toHaveText(t('not-arrived'))
  const chart = page.getByRole('figure')
  await expect(chart.locator('svg path').first()).toBeAttached()
  await chart.getByText(t('figure-as-table')).click()
  expect(await chart.getByRole('row').count()).toBeGreaterThan(2)
})

test('the report counts what clauses decided and compares every node', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'report')
  const clauses = page.getByRole('region', { name: t('report-clauses') })
  expect(await clauses.getByRole('row').count()).toBeGreaterThan(1)
  const digests = page.getByRole('region', { name: t('report-digests') })
  await expect(digests.getByText(t('compared-equal'), { exact: true }).first()).toBeVisible()
})
