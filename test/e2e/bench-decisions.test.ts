import { randomUUID } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { openSeat } from '../kit/seat-page.ts'
import { moneyPath, openCashShop, panel, type CashShop } from './kit/cash-shop.ts'
import { dialog, main, openList, pathOf, type Received } from './kit/repair-shop.ts'

/* Who has to agree to what a repair costs, and who pays it. */

let shop: CashShop
let causeId: number
test.beforeAll(async () => {
  shop = await openCashShop()
  const [cause] = await shop.manager.client.dictionaries.list({ kinds: ['cause'] })
  causeId = cause?.id ?? 0
})
test.afterAll(() => shop.host.stop())

const insurance = {
  kind: 'company' as const,
  name: 'Sure Insurance',
  phones: [],
  email: null,
  contacts: [],
  address: '',
  taxNumber: '',
  language: null,
  tier: 'normal' as const,
  channel: 'email' as const,
  consentToContact: false,
  notes: '',
  onAccount: false,
  paymentDays: 0,
}

const quotePath = (repair: Received): string => `${pathOf(repair)}?tab=quote`
const target = async (repair: Received): Promise<{ repairId: number; version: number }> => ({
  repairId: repair.id,
  version: await shop.versionOf(repair),
})
const quotesOf = (repair: Received): ReturnType<typeof shop.manager.client.quotes.ofRepair> =>
  shop.manager.client.quotes.ofRepair({ repairId: repair.id })

/** On the bench, with what was found: a quote may be written. */
async function diagnosed(ceilingMinor: number | null = null): Promise<Received> {
  const repair = await shop.receive(({ visit }) => Object.assign(visit, { ceilingMinor }))
  await shop.assign(repair)
  const { client } = shop.tom.seat
  const repairs = [{ repairId: repair.id }]
  await client.repairs.work({ commandId: randomUUID(), repairs, action: 'start' })
  const found = { findings: 'Worn out', codeIds: [causeId] }
  await client.work.recordFindings({ commandId: randomUUID(), ...(await target(repair)), ...found })
  return repair
}

/** The draft goes out, and the customer says yes to it by phone. */
async function agree(repair: Received): Promise<void> {
  const { client } = shop.manager
  const draft = (await quotesOf(repair)).quotes.find(({ state }) => state === 'draft')
  const quoteId = draft?.id ?? 0
  const { version } = await client.quotes.send({
    commandId: randomUUID(),
    quoteId,
    version: draft?.version ?? 0,
    way: 'phone',
  })
  const answer = { optionNo: 1, by: 'Ms Li', way: 'phone' as const, signatureUid: null, note: '' }
  await client.quotes.approve({ commandId: randomUUID(), quoteId, version, ...answer })
}

/** Begins the first quote of a repair. */
const begin = (page: Page): Promise<void> =>
  main(page).getByRole('tabpanel').getByRole('button', { name: 'Write the quote' }).click()

/** Adds a free line to the quote that is being written. */
async function addLine(page: Page, what: string, price: string): Promise<void> {
  await page.getByRole('button', { name: 'Free line' }).click()
  const line = page.getByRole('group', { name: /^Line \d+$/ }).last()
  await line.getByLabel('Description').fill(what)
  await line.getByRole('textbox', { name: 'Price' }).fill(price)
}

const save = (page: Page): Promise<void> => page.getByRole('button', { name: 'Save quote' }).click()

test('a device that came back: with the same fault the shop pays, with another one the customer', async ({
  browser,
}) => {
  const first = await shop.receive()
  await shop.assign(first)
  const { client } = shop.manager
  const repairs = [{ repairId: first.id }]
  await client.repairs.work({ commandId: randomUUID(), repairs, action: 'start' })
  const solved = { outcome: 'repaired' as const, findings: 'Port cleaned', codeIds: [], knownDefects: [] }
  await client.repairs.solve({ commandId: randomUUID(), ...(await target(first)), ...solved })
  await client.repairs.handOver({
    commandId: randomUUID(),
    ...(await target(first)),
    collectedBy: 'Ms Li',
    signatureUid: null,
    noSignatureReason: 'other',
    noSignatureNote: 'Was in a hurry',
    returnedAccessoryIds: [],
    accessoriesKeptConfirmed: false,
    note: '',
  })
  const { deviceId } = await client.repairs.get({ uid: first.uid })
  const again = await shop.receive((item) => Object.assign(item, { device: { id: deviceId } }))
  const stands = async (): Promise<unknown[]> => {
    const { reworkKind, defaultShares } = await client.repairs.get({ uid: again.uid })
    return [reworkKind, ...defaultShares.map(({ payer }) => payer)]
  }
  expect(await stands()).toEqual([null, 'goodwill'])

  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', pathOf(again))
  const question = main(page).getByRole('group', { name: 'Same fault as before?' })
  await expect(main(page)).toContainText('Is it the same fault?')
  await question.getByRole('button', { name: 'Same fault' }).click()
  await expect(main(page)).toContainText('Same fault: the shop pays')
  await expect(question.getByRole('button', { name: 'Same fault' })).toBeHidden()
  expect(await stands()).toEqual(['same', 'goodwill'])

  await question.getByRole('button', { name: 'Another fault' }).click()
  await expect(main(page)).toContainText('Another fault: a repair like any other')
  expect(await stands()).toEqual(['different', 'customer'])
  expect(errors).toEqual([])
  await close()
})

test('a quote within the ceiling of intake is approved without asking, one above it is not', async ({
  browser,
}) => {
  const repair = await diagnosed(30_000)
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', quotePath(repair))
  const within = page.getByRole('button', { name: 'Approve within the ceiling' })
  await begin(page)
  await addLine(page, 'New board', '300.01')
  await save(page)
  await expect(main(page)).toContainText(`${repair.number}-Q1`)
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible()
  await expect(within).toHaveCount(0)

  await main(page).getByRole('tabpanel').getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('textbox', { name: 'Price' }).fill('300')
  await save(page)
  await within.click()
  await expect(dialog(page)).toContainText('At intake the customer agreed to ¥300.00')
  await dialog(page).getByRole('button', { name: 'Approved' }).click()
  await expect(main(page)).toContainText('The customer has agreed.')
  const { quotes, standing } = await quotesOf(repair)
  expect(quotes.map(({ decision }) => [decision?.way, decision?.amountMinor])).toEqual([['ceiling', 30_000]])
  expect(standing).toMatchObject({ state: 'approved', presentMinor: 30_000, limitMinor: 33_000 })
  expect(errors).toEqual([])
  await close()
})

test('when the bill grows beyond what was agreed, the customer is asked again before the work goes on', async ({
  browser,
}) => {
  const repair = await diagnosed()
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', quotePath(repair))
  await begin(page)
  await addLine(page, 'New screen', '200')
  await save(page)
  await expect(main(page)).toContainText(`${repair.number}-Q1`)
  await agree(repair)
  await expect(main(page)).toContainText('The customer has agreed.')

  const counter = await openSeat(browser, shop.host, 'counter', moneyPath(repair))
  await panel(counter.page, 'Bill').getByRole('button', { name: 'Add line' }).click()
  await dialog(counter.page).getByLabel('Description').fill('New battery')
  await dialog(counter.page).getByLabel('Price, tax included').fill('50')
  await dialog(counter.page).getByRole('button', { name: 'Add line' }).click()

  await expect(main(page)).toContainText('The customer must be asked again.')
  const next = main(page).locator('header .el-button--primary')
  await expect(next).toHaveText('Ask the customer again')
  expect((await quotesOf(repair)).standing).toMatchObject({
    state: 'needed_again',
    agreedMinor: 20_000,
    presentMinor: 25_000,
  })

  await next.click()
  // What the counter wrote on the bill is in the new quote already, and left out it would be paid on top.
  const billed = page.getByRole('group', { name: 'Line 2' })
  await expect(billed).toContainText('New battery')
  await expect(billed).toContainText('Already on the bill')
  await billed.getByRole('button', { name: 'Remove line 2' }).click()
  await expect(main(page)).toContainText('On the bill beside this quote, and paid on top of it: New battery')
  await page.getByRole('button', { name: 'Take into the quote' }).click()
  await expect(billed).toContainText('Already on the bill')
  await save(page)
  await expect(main(page)).toContainText(`${repair.number}-Q2`)
  await agree(repair)
  await expect(main(page)).toContainText('The customer has agreed.')
  expect((await quotesOf(repair)).standing).toMatchObject({
    state: 'approved',
    agreedMinor: 25_000,
    presentMinor: 25_000,
  })
  expect([errors, counter.errors]).toEqual([[], []])
  await counter.close()
  await close()
})

test('a line split between customer and insurer is quoted, billed and invoiced to both', async ({
  browser,
}) => {
  const repair = await diagnosed()
  const { client } = shop.manager
  const insurer = await client.customers.create({ commandId: randomUUID(), ...insurance })
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', quotePath(repair))
  await begin(page)
  await addLine(page, 'New screen', '100')
  await page.getByRole('button', { name: 'Share between payers' }).click()
  await expect(page.getByRole('combobox', { name: 'Payer' })).toHaveCount(2)
  await openList(page.getByRole('combobox', { name: 'Payer' }).last())
  await page.getByRole('option', { name: 'Another customer' }).click()
  await save(page)
  const who = page.getByRole('group', { name: 'Who pays' })
  await expect(who.getByRole('alert')).toHaveText('Please fill this in.')
  await page.getByRole('combobox', { name: 'Another customer' }).fill('Sure')
  await page.getByRole('option', { name: /Sure Insurance/ }).click()
  await page.getByRole('textbox', { name: 'Share' }).last().fill('70')
  await expect(who).toContainText('20% more than the whole')
  await page.getByRole('textbox', { name: 'Share' }).first().fill('30')
  await expect(page.getByText('The customer pays').locator('..')).toContainText('¥30.00')
  await expect(page.locator('dl').getByText('Sure Insurance').locator('..')).toContainText('¥70.00')
  await save(page)
  await expect(page.getByRole('row', { name: /New screen/ })).toContainText(
    'Customer 30%, Sure Insurance 70%',
  )
  await agree(repair)

  await page.getByRole('tab', { name: /^Money/ }).click()
  await expect(panel(page, 'Bill').getByRole('row', { name: /New screen/ })).toContainText(
    'Customer 30%, Sure Insurance 70%',
  )
  for (const [who, amount] of [
    [(await client.repairs.get({ uid: repair.uid })).customerName ?? '', '¥30.00'],
    ['Sure Insurance', '¥70.00'],
  ] as const) {
    await panel(page, 'Where it stands').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Issue invoice' }).click()
    const issuing = page.getByRole('dialog', { name: 'Issue invoice' })
    await issuing.getByText(who, { exact: true }).first().click()
    await expect(issuing.getByRole('row', { name: /To pay/ })).toContainText(amount)
    await issuing.getByRole('button', { name: 'Issue', exact: true }).click()
    await page.getByRole('dialog', { name: 'Take payment' }).getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog(page)).toBeHidden()
  }
  const { invoices, lines } = await shop.moneyOf(repair)
  expect(invoices.map(({ customerId, grossMinor }) => [customerId === insurer.id, grossMinor])).toEqual(
    expect.arrayContaining([
      [false, 3000],
      [true, 7000],
    ]),
  )
  expect([invoices.length, lines.length, lines[0]?.grossMinor]).toEqual([2, 1, 10_000])
  expect(errors).toEqual([])
  await close()
})
