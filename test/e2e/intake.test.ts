import { expect, test } from '@playwright/test'
import { countInteractions, interactions } from './kit/intake-interactions.ts'
import {
  box,
  choosePhotos,
  documentsOf,
  expectFocusIn,
  pick,
  receivedNumbers,
  sign,
  toCounter,
  type,
  words,
} from './kit/intake-page.ts'
import {
  alreadyReceived,
  closeSeat,
  openSeat,
  openShop,
  returningCustomer,
  type IntakeShop,
} from './kit/intake-shop.ts'
import { expectAccessible, scan } from '../kit/seat-page.ts'

/** What an intake may cost a clerk (design: the counter's yardstick). */
const mostForReturning = 12
const mostForNew = 20

let shop: IntakeShop
test.beforeAll(async () => {
  shop = await openShop()
})
test.afterAll(async () => {
  await shop.host.stop()
})

/** A repair as the host keeps it. */
async function kept(number: string) {
  return await shop.owner.client.repairs.get({ number })
}

test('a returning customer with a known device is received within twelve interactions', async ({
  browser,
}) => {
  const serial = await returningCustomer(shop)
  const seat = await openSeat(browser, shop.host)
  const { page } = seat
  await toCounter(page, shop.host)
  await countInteractions(page)

  await type(page, serial)
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'fault')
  await expect(page.getByRole('link', { name: 'Maria Lopez' })).toBeVisible()
  await type(page, 'Screen is cracked, touch does not react')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Suggested')).toBeVisible()
  await page.keyboard.press('0')
  await page.keyboard.press('Enter')
  await choosePhotos(page, ['front.jpg', 'back.jpg'])
  await expect(page.getByText('At least 2 photos, 2 so far.')).toBeVisible()
  await page.keyboard.press('Tab')
  await type(page, 'Charger')
  await page.keyboard.press('Enter')
  await sign(page)
  await page.keyboard.press('Control+Enter')
  const [number = ''] = await receivedNumbers(page)
  await expect(page.getByRole('button', { name: 'Print what is ticked' })).toBeFocused()
  const printed = await documentsOf(page, 3, () => page.keyboard.press('Enter'))

  const done = await interactions(page)
  const pdf = { type: 'application/pdf', pdf: true }
  expect(printed).toEqual([pdf, pdf, pdf])
  const repair = await kept(number)
  expect(repair).toMatchObject({
    customerName: 'Maria Lopez',
    serial,
    state: 'waiting',
    termsVersion: 2,
    problemType: { en: 'Screen broken' },
  })
  expect(repair.signatureUid).not.toBeNull()
  expect(repair.attachments.filter((file) => file.kind === 'photo')).toHaveLength(2)
  expect(repair.accessories.map((one) => one.name.en)).toEqual(['Charger'])
  expect(repair.checks).toHaveLength(14)
  test.info().annotations.push({ type: 'interactions', description: `${done.total}: ${done.log.join(', ')}` })
  expect(done.total, done.log.join('\n')).toBeLessThanOrEqual(mostForReturning)
  await closeSeat(seat)
})

test('a new customer with a new phone is received within twenty interactions', async ({ browser }) => {
  const seat = await openSeat(browser, shop.host)
  const { page } = seat
  await toCounter(page, shop.host)
  await countInteractions(page)

  await type(page, 'F2LX9KQ1HG7F')
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'device')
  await pick(page, 'Mobile phone')
  await pick(page, 'Apple')
  await pick(page, 'iPhone 13')
  await expectFocusIn(page, 'customer')
  await type(page, 'Grace Hall')
  await page.keyboard.press('Enter')
  await type(page, '139 1234 5678')
  await page.keyboard.press('Enter')
  await type(page, 'Does not charge')
  await page.keyboard.press('Enter')
  await page.keyboard.press('0')
  await page.keyboard.press('Enter')
  await choosePhotos(page, ['front.jpg', 'back.jpg'])
  await expect(page.getByText('At least 2 photos, 2 so far.')).toBeVisible()
  await page.keyboard.press('Tab')
  await type(page, 'Cable')
  await page.keyboard.press('Enter')
  await sign(page)
  await page.keyboard.press('Control+Enter')
  const [number = ''] = await receivedNumbers(page)
  await expect(page.getByRole('button', { name: 'Print what is ticked' })).toBeFocused()
  await documentsOf(page, 3, () => page.keyboard.press('Enter'))

  const done = await interactions(page)
  const repair = await kept(number)
  expect(repair).toMatchObject({
    customerName: 'Grace Hall',
    customerPhone: '139 1234 5678',
    model: 'iPhone 13',
  })
  expect(repair.problemType?.en).toBe('Does not charge')
  test.info().annotations.push({ type: 'interactions', description: `${done.total}: ${done.log.join(', ')}` })
  expect(done.total, done.log.join('\n')).toBeLessThanOrEqual(mostForNew)

  // The customer leaves something on account: taken where they stand, before the next one.
  await page.getByRole('button', { name: 'Take deposit' }).click()
  const taking = page.getByRole('dialog', { name: 'Take deposit' })
  await taking.getByText('Card', { exact: true }).click()
  await taking.getByLabel('Amount', { exact: true }).fill('50')
  await taking.getByRole('button', { name: 'Take deposit' }).click()
  await taking.getByRole('button', { name: 'Done' }).click()
  expect(await shop.owner.client.charges.ofRepair({ repairId: repair.id })).toMatchObject({
    depositMinor: 5000,
  })
  await closeSeat(seat)
})

test('a whole intake goes without a mouse, down to the next customer', async ({ browser }) => {
  const seat = await openSeat(browser, shop.host)
  const { page } = seat
  await toCounter(page, shop.host)
  await countInteractions(page)

  await type(page, 'KETTLE-7781')
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'device')
  await pick(page, 'Kettle')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Control+ArrowDown')
  await expectFocusIn(page, 'customer')
  await type(page, 'Ravi Shah')
  await page.keyboard.press('Enter')
  await type(page, '020 7946 0018')
  await page.keyboard.press('Enter')
  await type(page, 'Leaks at the bottom')
  await page.keyboard.press('Enter')
  await page.keyboard.press('1')
  await page.keyboard.press('2')
  await page.keyboard.press('0')
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'accessories')
  await type(page, 'Tea sieve')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Serial of Tea sieve')).toBeVisible()
  await page.keyboard.press('Enter')
  await expectFocusIn(page, 'sign')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Receive' })).toBeFocused()
  await page.keyboard.press('Enter')
  const [number = ''] = await receivedNumbers(page)
  await documentsOf(page, 1, () => page.keyboard.press('3'))
  await page.keyboard.press('n')
  await expect(box(page)).toBeFocused()
  await expect(page.getByRole('link', { name: number })).toBeVisible()

  expect((await interactions(page)).pointer).toBe(0)
  const repair = await kept(number)
  // The terms on the page apply, signed or not; the reason stands where the signature would.
  expect(repair).toMatchObject({
    noSignatureReason: 'customer_refused',
    termsVersion: 2,
    serial: 'KETTLE-7781',
  })
  expect(repair.accessories.map((one) => one.name.en)).toEqual(['Tea sieve'])
  expect(repair.checks.map((check) => check.result).slice(0, 3)).toEqual(['works', 'faulty', 'works'])
  await closeSeat(seat)
})

test('a drop-off of many devices is scanned in, received and labelled as one visit', async ({ browser }) => {
  const seat = await openSeat(browser, shop.host)
  const { page } = seat
  await page.goto(new URL('/counter/new?channel=drop_off', shop.host.url).href)
  await expectFocusIn(page, 'device')
  await type(page, 'LAMP-0001')
  await page.keyboard.press('Enter')
  await pick(page, 'Lamp')
  await page.getByLabel('Name').fill('City Library')
  await words(page).fill('Flickers')
  await page.getByRole('heading', { name: 'Intake' }).click()
  await scan(page, 'LAMP-0002')
  await expect(page.getByRole('button', { name: 'Receive 2 devices' })).toBeVisible()
  await scan(page, 'LAMP-0003')
  await page.getByRole('button', { name: 'Paste serials' }).click()
  await page.getByLabel('Serials or IMEIs').fill('LAMP-0004\nLAMP-0005')
  await page.getByRole('button', { name: 'Add 2 devices' }).click()
  await expect(page.getByRole('button', { name: 'Receive 5 devices' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Lamp' }).last().click()
  await page.getByRole('button', { name: 'Receive 4 devices' }).click()

  const numbers = await receivedNumbers(page)
  expect(new Set(numbers).size).toBe(4)
  const repairs = await Promise.all(numbers.map(kept))
  expect(repairs.map((one) => one.serial)).toEqual(['LAMP-0001', 'LAMP-0002', 'LAMP-0003', 'LAMP-0004'])
  expect(repairs.every((one) => one.faultText === 'Flickers' && one.channel === 'drop_off')).toBe(true)
  expect(new Set(repairs.map((one) => one.customerId)).size).toBe(1)
  const labels = await documentsOf(page, 1, () => page.keyboard.press('3'))
  expect(labels[0]?.pdf).toBe(true)
  await closeSeat(seat)
})

test('the counter and the intake are accessible in both themes', async ({ browser }) => {
  test.slow()
  const serial = await returningCustomer(shop, 'Lena Fischer')
  await alreadyReceived(shop, serial).catch(() => '')
  for (const theme of ['light', 'dark'] as const) {
    const seat = await openSeat(browser, shop.host, { theme })
    const { page } = seat
    await toCounter(page, shop.host)
    await expectAccessible(page)
    await type(page, serial)
    await page.keyboard.press('Enter')
    await expectFocusIn(page, 'fault')
    await expect(page.getByText('Switches on')).toBeVisible()
    await expectAccessible(page)
    await page.goto(new URL('/counter/new', shop.host.url).href)
    await expectFocusIn(page, 'device')
    await expectAccessible(page)
    await closeSeat(seat)
  }
})
