import { expect } from '@playwright/test'
import { address, expectAccessible, LANGS, type Opened, test, visit } from './node'

// The run beside a drill takes a minute or two, and a busy machine takes its time for every rule
// of accessibility on long tables.
test.slow()

/** How long the run beside the drill may take to have its tables. */
const RUN_MS = 300_000

/** Waits until a run is complete, and gives the name of the newest. */
async function readyRun({ page }: Opened): Promise<string> {
  let run: unknown
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(new URL('/api/v1/readiness', address()).href)
        run = (await answer.json()).report?.run
        return typeof run
      },
      { timeout: RUN_MS, intervals: [2_000] },
    )
    .toBe('string')
  return String(run)
}

test('a run beside the drill is waited for and then shown', async ({ open }) => {
  test.setTimeout(RUN_MS + 120_000)
  const opened = await open()
  const { page, t, faults } = opened
  await visit(opened, 'readiness')
  const run = await readyRun(opened)
  // The page asks again by itself: nobody has to reload it.
  const unmet = page.getByRole('region', { name: t('readiness-unmet'), exact: true })
  await expect(unmet).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(run).first()).toBeVisible()

  // As many dots stand on the picture as the sentence counts and the table lists.
  const shares = unmet.getByRole('figure').first()
  const dots = shares.locator('.dots-now circle')
  const count = await dots.count()
  expect(count).toBe(20)
  await expect(shares.locator('.dots-local circle')).toHaveCount(count)
  await shares.getByText(t('figure-as-table')).click()
  await expect(shares.getByRole('row')).toHaveCount(count + 1)

  // A commodity and local ties alone are in the address, so that they can be sent.
  await unmet.getByRole('button', { name: t('commodity') }).click()
  await page.getByRole('option').nth(1).click()
  await expect(page).toHaveURL(/commodity=/)
  const map = page.getByRole('region', { name: t('readiness-map'), exact: true })
  await expect(map.locator('.site-after')).toHaveCount(0)
  await map.getByRole('button', { name: t('readiness-with') }).click()
  await page.getByRole('option', { name: t('readiness-local') }).click()
  await expect(page).toHaveURL(/step=local/)
  await expect(map.locator('.site-after').first()).toBeAttached()
  await map.getByText(t('figure-as-table')).click()
  await expect(map.getByRole('columnheader', { name: t('readiness-after') })).toBeVisible()
  await page.reload()
  await expect(map.locator('.site-after').first()).toBeAttached()
  expect(faults).toEqual([])
})

test('a file behind the figures can be kept', async ({ open }) => {
  test.setTimeout(RUN_MS + 120_000)
  const opened = await open()
  const { page, t } = opened
  const run = await readyRun(opened)
  await visit(opened, 'readiness')
  const files = page.getByRole('region', { name: t('readiness-files'), exact: true })
  const coming = page.waitForEvent('download')
  await files.getByRole('link', { name: 'report.csv' }).click()
  const download = await coming
  expect(download.suggestedFilename()).toBe('report.csv')
  expect(download.url()).toContain(`/api/v1/readiness/${encodeURIComponent(run)}/`)
})

test('a run that is not there is said to be missing', async ({ open }) => {
  const { page, t } = await open()
  await page.evaluate(() => {
    window.location.hash = '#/readiness?run=nowhere'
  })
  await expect(page.getByText(t('readiness-absent', { run: 'nowhere' }))).toBeVisible()
  await page.getByRole('link', { name: t('readiness-newest') }).click()
  await expect(page.getByRole('heading', { level: 1, name: t('page-readiness') })).toBeVisible()
})

for (const lang of LANGS) {
  test(`what a run says is accessible in ${lang}, also when narrow`, async ({ open }) => {
    test.setTimeout(RUN_MS + 240_000)
    const opened = await open({ lang })
    const { page, t, faults } = opened
    await readyRun(opened)
    await visit(opened, 'readiness')
    await expect(page.getByRole('region', { name: t('readiness-steps'), exact: true })).toBeVisible()
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 800 })
    await page.evaluate(() => {
      window.location.hash = '#/readiness?step=local'
    })
    await expect(page.locator('.site-after').first()).toBeAttached()
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wider).toBeLessThanOrEqual(0)
    await expectAccessible(page)
    expect(faults).toEqual([])
  })
}
