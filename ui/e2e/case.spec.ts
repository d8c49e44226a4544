import { expect } from '@playwright/test'
import { test, visit } from './node'

test('the lane leads from need to settlement and shows settled orders', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'case')
  const lane = page.getByRole('table', { name: t('lane-caption') })
  const steps = ['need', 'request', 'offer', 'order', 'shipment', 'receipt', 'settlement']
  for (const step of steps) {
    await expect(lane.getByRole('columnheader', { name: t(`step-${step}`) })).toBeVisible()
  }
  const settled = lane.locator(`tbody td:nth-child(${steps.length + 1})`)
  await expect(settled.filter({ hasText: t('meaning-done') }).first()).toBeVisible()
})

test('every order names its stage, and a closed one waits for nobody', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'case')
  const orders = page.getByRole('region', { name: t('orders') })
  const more = orders.getByRole('button')
  if ((await more.count()) > 0) await more.click()
  const closed = orders.getByRole('row').filter({ hasText: t('stage-closed') })
  await expect(closed.first()).toContainText(t('nobody'))
})

test('an order leads to the clause it rests on', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'case')
  await page.getByRole('region', { name: t('orders') }).getByRole('link').first().click()
  const clauses = page.getByRole('region', { name: t('clauses') })
  await expect(clauses.locator('.pointed')).toBeInViewport()
  await expect(clauses.getByText(t('authentic')).first()).toBeVisible()
})

test('the timeline says that signatures were verified', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'case')
  const timeline = page.getByRole('region', { name: t('timeline') })
  await expect(timeline.getByText(t('act-verified')).first()).toBeVisible()
})
