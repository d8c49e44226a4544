import { expect } from '@playwright/test'
import { test, visit } from './node'

test('digests of shared matters are equal and none diverges', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'nodes')
  const shared = page.getByRole('region', { name: t('shared-matters') })
  const equal = shared.getByRole('row').filter({ hasText: t('compared-equal') })
  await expect(equal.first()).toBeVisible()
  await expect(shared.getByText(t('compared-diverged'), { exact: true })).toHaveCount(0)
  for (const row of await equal.all()) {
    const digests = row.locator('code.tag')
    const [here, there] = await Promise.all([
      digests.nth(0).getAttribute('title'),
      digests.nth(1).getAttribute('title'),
    ])
    expect(here).toMatch(/^[0-9a-f]{64}$/)
    expect(there).toBe(here)
  }
})

test('this node shows its fingerprint, each neighbour when it was last heard', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'nodes')
  await expect(page.getByText(t('identity'), { exact: true })).toBeVisible()
  const neighbours = page.getByRole('region', { name: t('neighbours'), exact: true })
  await expect(neighbours.getByRole('row').filter({ hasText: t('reach-yes') }).first()).toBeVisible()
  await expect(neighbours.locator('time').first()).toBeVisible()
})
