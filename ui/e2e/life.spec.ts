import { expect, type Locator, type Page } from '@playwright/test'
import { address, expectAccessible, LANGS, type Opened, test, visit } from './node'

/** Ours and a neighbour: the parties of an agreement played in an exercise. */
async function parties(page: Page): Promise<[string, string]> {
  const [node, neighbours] = await Promise.all([
    page.request.get(new URL('/api/v1/node', address()).href),
    page.request.get(new URL('/api/v1/neighbours', address()).href),
  ])
  return [(await node.json()).party.id, (await neighbours.json()).neighbours[0].party.id]
}

const LANGUAGES = ['ko', 'ja', 'zh-Hans', 'en'] as const
const same = (words: string) => LANGUAGES.map(lang => `${lang} = "${words}"`).join('\n')

/** The file of an agreement that caps a gift of food at so many tonnes. */
function textOf(id: string, between: readonly string[], tonnes: number): string {
  const article = (number: number) =>
    `article = { ${LANGUAGES.map(lang => `${lang} = "Article ${number}"`).join(', ')} }`
  return `id = "${id}"
nature = "draft"
law_level = "provincial"
parties = [${between.map(party => `"${party}"`).join(', ')}]
utc_offset_hours = 9

[title]
${same('Relief arrangement of an exercise')}

[[source]]
title = "Written for a browser test"
publisher = "Pumasi"
date = "undated"

[[clause]]
id = "art-1"
kind = "permit"
actions = ["request", "offer", "order"]
categories = ["food"]
purposes = ["disaster_relief"]
within_receiver = true
${article(1)}
[clause.caption]
${same('On request, food may be sent.')}
[clause.authentic]
en = "Food may be sent on request."

[[clause]]
id = "art-2"
kind = "ceiling"
quantity = "${tonnes}000 KGM"
per = "incident"
${article(2)}
[clause.caption]
${same(`Not more than ${tonnes} tonnes an incident.`)}
[clause.authentic]
en = "Not more than ${tonnes} tonnes shall be sent in one incident."

[[clause]]
id = "art-3"
kind = "term"
entry = "signature"
until = 2099-01-01
notice = "P90D"
${article(3)}
[clause.caption]
${same('It enters into force with the last signature and ends on ninety days’ notice.')}
[clause.authentic]
en = "This arrangement enters into force on the last signature."
`
}

/** The open form. */
const pane = ({ page }: Opened): Locator => page.getByRole('dialog')

/** Ticks as many officers as must sign, then takes the step. */
async function take(opened: Opened, button: string): Promise<void> {
  const form = pane(opened)
  const send = form.getByRole('button', { name: button, exact: true })
  // The field of a box is unseen; its label is what people press.
  for (const label of await form.getByRole('group').last().locator('label').all()) {
    if (await send.isEnabled()) break
    await label.click()
  }
  await send.click()
}

async function choose(opened: Opened, label: string, option: string): Promise<void> {
  const { page } = opened
  await pane(opened).getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Opens the form of a step whose button begins so. */
async function openStep({ page, t }: Opened, begins: RegExp): Promise<void> {
  await page.getByRole('region', { name: t('life-steps') }).getByRole('button', { name: begins }).first().click()
}

/** Closes the form once its step is taken. */
async function closeTaken(opened: Opened): Promise<void> {
  const { t } = opened
  await expect(pane(opened)).toContainText(t('step-taken'))
  await pane(opened).getByRole('button', { name: t('close') }).click()
  await expect(pane(opened)).toHaveCount(0)
}

/** Proposes an agreement in an exercise and goes to its life. */
async function propose(opened: Opened, id: string): Promise<void> {
  const { page, t } = opened
  await visit(opened, 'agreements')
  await page.getByRole('button', { name: t('propose'), exact: true }).click()
  await pane(opened).getByLabel(t('agreement-file')).fill(textOf(id, await parties(page), 50))
  await choose(opened, t('field-status'), t('status-exercise'))
  await take(opened, t('take-propose'))
  await expect(pane(opened)).toContainText(t('step-taken'))
  await pane(opened).getByRole('link', { name: t('propose-next') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(id)
}

const newId = () => `exercise-${Date.now().toString(36)}`

test('an agreement is proposed, drafted again, compared, initialled and signed', async ({ open }) => {
  const opened = await open()
  const { page, t, faults } = opened
  const id = newId()
  await propose(opened, id)
  await expect(page.getByText(t('banner-exercise'), { exact: true })).toBeVisible()
  const standing = page.getByRole('region', { name: t('standing') })
  const versions = page.getByRole('region', { name: t('versions') })
  await expect(versions.getByRole('row')).toHaveCount(2)

  await openStep(opened, /new version/i)
  await pane(opened).getByLabel(t('agreement-file')).fill(textOf(id, await parties(page), 80))
  await take(opened, t('take-draft'))
  await closeTaken(opened)
  await expect(versions.getByRole('row')).toHaveCount(3)

  const compare = page.getByRole('region', { name: t('compare') })
  await expect(compare).toContainText(t('change-changed'))
  await expect(compare.locator('del', { hasText: '50' }).first()).toBeVisible()
  await expect(compare.locator('ins', { hasText: '80' }).first()).toBeVisible()
  await expectAccessible(page)

  for (const [step, button] of [
    [/^initial/i, t('take-initial')],
    [/^sign/i, t('take-sign')],
  ] as const) {
    await openStep(opened, step)
    await expect(pane(opened)).toContainText(t('draft-number', { version: 2 }))
    await expect(pane(opened).getByRole('button', { name: button, exact: true })).toBeDisabled()
    await expectAccessible(page)
    await pane(opened).locator('label').filter({ hasText: t('compared') }).click()
    await take(opened, button)
    await closeTaken(opened)
  }
  await expect(standing).toContainText(/signed by some/i)
  await expect(versions.getByRole('row').nth(1)).toContainText(t('share', { part: 1, whole: 2 }))
  await expect(page.getByRole('region', { name: t('life-steps') })).not.toContainText(/^sign/i)
  await expectAccessible(page)
  expect(faults).toEqual([])
})

test('a text that does not read is refused with its line, which is one press away', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  await page.getByRole('button', { name: t('propose'), exact: true }).click()
  const area = pane(opened).getByLabel(t('agreement-file'))
  const text = textOf(newId(), await parties(page), 50).replace('kind = "ceiling"', 'kind = "cieling"')
  await area.fill(text)
  await choose(opened, t('field-status'), t('status-exercise'))
  await take(opened, t('take-propose'))
  await expect(pane(opened).getByRole('alert')).toContainText('cieling')
  await expect(area).toHaveValue(text)
  await pane(opened)
    .getByRole('button', { name: new RegExp(t('go-to-line', { line: 'LINE', column: '1' }).split('LINE')[0] ?? '') })
    .first()
    .click()
  await expect(area).toBeFocused()
  const selected = await area.evaluate((field: HTMLTextAreaElement) =>
    field.value.slice(field.selectionStart, field.selectionEnd),
  )
  expect(selected).toContain('cieling')
  await expectAccessible(page)
})

test('a form is filled in and closed without a mouse', async ({ open }) => {
  const opened = await open()
  const { page, t } = opened
  await visit(opened, 'agreements')
  const button = page.getByRole('button', { name: t('propose'), exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(pane(opened)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(pane(opened)).toHaveCount(0)
  await expect(button).toBeFocused()
})

for (const lang of LANGS) {
  test(`the life of an agreement reads in ${lang}, on a phone and on paper`, async ({ open }) => {
    const opened = await open({ lang, width: 360 })
    const { page, t, faults } = opened
    const id = newId()
    await propose(opened, id)
    await expect(page.getByRole('heading', { name: t('standing') })).toBeVisible()
    await expectAccessible(page)
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(wider).toBeLessThanOrEqual(0)
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('heading', { name: t('standing') })).toBeVisible()
    await expect(page.getByRole('region', { name: t('life-steps') })).toBeHidden()
    expect(faults).toEqual([])
  })
}
