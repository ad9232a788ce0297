import { expect, test, type Locator, type Page } from '@playwright/test'
import { expectAccessible, openSeat, scan, widestOn } from '../kit/seat-page.ts'
import { openBenchShop, type BenchShop, type Received } from './kit/bench-shop.ts'

let shop: BenchShop

test.beforeAll(async () => {
  shop = await openBenchShop()
})
test.afterAll(() => shop.host.stop())

const tablet = { viewport: { width: 1024, height: 768 }, hasTouch: true }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const inHand = (page: Page): Locator => page.getByRole('article')
const inHandIs = (page: Page, repair: Received): Locator =>
  page.getByRole('article', { name: `Job in hand: ${repair.number}` })

/** A picture of one grey pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

test('the job in hand is large, and its next step is one button', async ({ browser }) => {
  const urgent = await shop.assigned({ priority: 'urgent' })
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench/mine', tablet)
  await expect(inHandIs(page, urgent)).toBeVisible()
  const next = inHand(page).getByRole('button', { name: 'Start work' })
  await expect.poll(async () => (await next.boundingBox())?.height).toBeGreaterThanOrEqual(60)
  await next.tap()
  await expect(inHand(page)).toContainText('Diagnosing')
  expect(await shop.stateOf(urgent)).toBe('diagnosing')
  await inHand(page).getByRole('button', { name: 'Repair', exact: true }).tap()
  await expect(inHand(page)).toContainText('In repair')
  expect(errors).toEqual([])
  await close()
})

test('a job that is done leaves the bench, and the next one takes its place', async ({ browser }) => {
  const done = await shop.assigned({ priority: 'urgent' })
  const next = await shop.assigned({ priority: 'urgent' })
  await shop.work(done, 'start', 'repair')
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench/mine', tablet)
  await page.getByRole('button', { name: new RegExp(done.number) }).tap()
  await inHandIs(page, done).getByRole('button', { name: 'Solved' }).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Findings and work done').fill('New connector')
  await dialog.getByRole('button', { name: 'Solved' }).tap()
  await expect(inHandIs(page, done)).toHaveCount(0)
  await expect(page.getByRole('button', { name: new RegExp(done.number) })).toHaveCount(0)
  await expect(inHand(page)).toHaveCount(1)
  await expect(page.getByRole('button', { name: new RegExp(next.number) })).toBeVisible()
  expect(await shop.stateOf(done)).toBe('processed')
  expect(errors).toEqual([])
  await close()
})

test('everything that is tapped on the tablet is at least 44 pixels high', async ({ browser }) => {
  await shop.assigned()
  const { page, close } = await openSeat(browser, shop.host, 'technician', '/bench/mine', tablet)
  await expect(inHand(page)).toBeVisible()
  const small = (): Promise<string[]> =>
    page
      .locator('main :is(button, a, label.drop)')
      .evaluateAll((targets) =>
        targets
          .filter((target) => target.getBoundingClientRect().height < 44)
          .map((target) => `${target.textContent?.trim()}: ${target.getBoundingClientRect().height}`),
      )
  await expect.poll(small).toEqual([])
  await close()
})

test('scanning a label takes that job in hand; another technician’s opens its page', async ({ browser }) => {
  await shop.assigned({ priority: 'urgent' })
  const low = await shop.assigned({ priority: 'low' })
  const other = await shop.receive()
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench/mine', tablet)
  await expect(inHand(page)).toBeVisible()
  await expect(inHandIs(page, low)).toHaveCount(0)
  await scan(page, `benchside://repair/${low.uid}`)
  await expect(inHandIs(page, low)).toBeVisible()
  await scan(page, other.number)
  await expect(page).toHaveURL(new RegExp(`/repairs/${other.uid}$`))
  expect(errors).toEqual([])
  await close()
})

test('a note and a photo are added from the bench and stay with the repair', async ({ browser }) => {
  const repair = await shop.assigned({ priority: 'urgent' })
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench/mine', tablet)
  await page.getByRole('button', { name: new RegExp(repair.number) }).click()
  await expect(inHandIs(page, repair)).toBeVisible()
  await page.getByRole('button', { name: 'Add note' }).click()
  await expect(page.getByText('Please fill this in.')).toBeVisible()
  await page.getByLabel('Quick note').fill('Display ordered, arrives Thursday')
  await page.getByRole('button', { name: 'Add note' }).click()
  await expect(
    inHand(page).getByRole('listitem').getByText('Display ordered, arrives Thursday'),
  ).toBeVisible()
  await expect(page.getByLabel('Quick note')).toHaveValue('')

  await inHand(page)
    .locator('input[type="file"]')
    .last()
    .setInputFiles({ name: 'bench.png', mimeType: 'image/png', buffer: picture })
  await expect(inHand(page).getByRole('heading', { name: 'Photos 1' })).toBeVisible()
  const { attachments } = await shop.manager.client.repairs.get({ uid: repair.uid })
  expect(attachments.map(({ kind, name }) => ({ kind, name }))).toEqual([
    { kind: 'photo', name: 'bench.png' },
  ])
  expect(errors).toEqual([])
  await close()
})

test('the manager looks at a technician’s bench; a technician has no such choice', async ({ browser }) => {
  const repair = await shop.assigned({ priority: 'urgent' })
  const manager = await openSeat(browser, shop.host, 'manager', '/bench/mine', tablet)
  await expect(manager.page.getByText('Your bench is clear')).toBeVisible()
  await manager.page.getByRole('combobox', { name: 'Whose jobs' }).click()
  await manager.page.getByRole('option', { name: /Tom Technician/ }).click()
  await expect(manager.page.getByRole('button', { name: new RegExp(repair.number) })).toBeVisible()
  await manager.page.reload()
  await expect(manager.page.getByRole('button', { name: new RegExp(repair.number) })).toBeVisible()
  const technician = await openSeat(browser, shop.host, 'technician', '/bench/mine', tablet)
  await expect(technician.page.getByRole('button', { name: new RegExp(repair.number) })).toBeVisible()
  await expect(technician.page.getByRole('combobox', { name: 'Whose jobs' })).toHaveCount(0)
  expect([...manager.errors, ...technician.errors]).toEqual([])
  await manager.close()
  await technician.close()
})

test('a technician’s phone shows the job without scrolling sideways', async ({ browser }) => {
  await shop.assigned()
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench/mine', phone)
  await expect(inHand(page)).toBeVisible()
  await expect.poll(() => widestOn(page)).toBeLessThanOrEqual(390)
  expect(errors).toEqual([])
  await close()
})

for (const [language, theme] of [
  ['en', 'dark'],
  ['zh-CN', 'light'],
] as const) {
  test(`my jobs pass the accessibility check in ${language}, ${theme}`, async ({ browser }) => {
    await shop.assigned()
    const { page, errors, close } = await openSeat(browser, shop.host, 'technician', '/bench/mine', {
      ...tablet,
      language,
      theme,
    })
    await expect(inHand(page)).toBeVisible()
    await expectAccessible(page)
    expect(errors).toEqual([])
    await close()
  })
}
