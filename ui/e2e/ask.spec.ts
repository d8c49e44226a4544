import { expect, type Page } from '@playwright/test'
import { expectAccessible, LANGS, type Say, test, visit } from './node'

/** Chooses from a long list by its id. */
async function find(page: Page, label: string, id: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true })
  await field.fill(id)
  await page.getByRole('option').filter({ hasText: id }).first().click()
  await expect(page.getByRole('option')).toHaveCount(0)
}

/** Chooses from a short list. */
async function pick(page: Page, label: string, title: string): Promise<void> {
  await page.getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: title, exact: true }).click()
  await expect(page.getByRole('option')).toHaveCount(0)
}

async function between(page: Page, t: Say, giver: string, receiver: string): Promise<void> {
  await find(page, t('ask-giver'), giver)
  await find(page, t('ask-receiver'), receiver)
  await pick(page, t('ask-status'), t('status-exercise'))
}

const send = (page: Page, t: Say) => page.getByRole('button', { name: t('ask-send') }).click()
const decision = (page: Page, t: Say) => page.getByRole('region', { name: t('decision'), exact: true })

for (const lang of LANGS) {
  test(`${lang}: too much is refused, less of it is offered, and the offer fills the form`, async ({ open }) => {
    const opened = await open({ lang })
    const { page, t } = opened
    await visit(opened, 'agreements')
    await between(page, t, 'kr-mois', 'jp-cao')
    await find(page, t('ask-commodity'), 'diesel')
    await page.getByRole('textbox', { name: t('ask-quantity-in', { unit: t('unit-name-ltr') }) }).fill('900000')
    await send(page, t)
    const answer = decision(page, t)
    await expect(answer).toContainText(t('outcome-refused'))
    await expect(answer.locator('blockquote[lang="ja"]').first()).toBeVisible()
    await expectAccessible(page)
    const offers = answer.getByRole('list', { name: t('decision-alternatives') })
    await offers.getByRole('button', { name: t('decision-ask-instead') }).first().click()
    await expect(decision(page, t)).toContainText(t('outcome-permitted'))
    await expect(decision(page, t)).toBeFocused()
    await expect(
      page.getByRole('textbox', { name: t('ask-quantity-in', { unit: t('unit-name-ltr') }) }),
    ).not.toHaveValue(/900/)
    await expect(page.getByRole('combobox', { name: t('ask-giver') })).toHaveValue(/kr-mois/)
    await expectAccessible(page)
    expect(opened.faults).toEqual([])
  })
}

test('a push needs a consent, whose move it is stands beside it, and holding it permits', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  await between(page, t, 'kr-42', 'jp-31')
  await pick(page, t('ask-action'), t('action-push'))
  await find(page, t('ask-commodity'), 'blanket')
  await page.getByRole('textbox', { name: t('ask-quantity-in', { unit: t('unit-name-ea') }) }).fill('100')
  await send(page, t)
  const answer = decision(page, t)
  await expect(answer).toContainText(t('outcome-needs'))
  await expect(answer).toContainText(t('decision-whose'))
  await expect(answer.getByRole('list', { name: t('decision-alternatives') })).toContainText(/request aid/i)
  await expectAccessible(page)
  await page.getByRole('group', { name: t('ask-consents') }).getByRole('checkbox').check()
  await send(page, t)
  await expect(decision(page, t)).toContainText(t('outcome-permitted'))
})

test('what is known of the event sets off a standing consent', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  await between(page, t, 'kr-42', 'jp-31')
  await pick(page, t('ask-action'), t('action-push'))
  await find(page, t('ask-commodity'), 'blanket')
  await page.getByRole('textbox', { name: t('ask-quantity-in', { unit: t('unit-name-ea') }) }).fill('100')
  await page.getByRole('textbox', { name: t('ask-hours') }).fill('3')
  await pick(page, t('ask-intensity'), t('intensity-6-upper'))
  await send(page, t)
  await expect(decision(page, t)).toContainText(t('outcome-permitted'))
})

test('a category is enough, and no way round a refusal of arms is offered', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  await between(page, t, 'kr-mois', 'jp-cao')
  await pick(page, t('ask-category'), 'ammunition')
  await send(page, t)
  const answer = decision(page, t)
  await expect(answer).toContainText(t('outcome-refused'))
  await expect(answer.getByRole('list', { name: t('decision-alternatives') })).toHaveCount(0)
  await expectAccessible(page)
})
