import { randomUUID } from 'node:crypto'
import { expect, test, type Locator, type Page } from '@playwright/test'
import type { RepairAction } from '#contract/repair-states.ts'
import { intakeOf } from '../kit/intake.ts'
import { signIn } from '../kit/host.ts'
import { expectAccessible, openSeat } from '../kit/seat-page.ts'
import {
  act,
  dialog,
  main,
  offered,
  openRepairShop,
  pathOf,
  pick,
  type RepairShop,
} from './kit/repair-shop.ts'

let shop: RepairShop
test.beforeAll(async () => {
  shop = await openRepairShop()
})
test.afterAll(() => shop.host.stop())

test('a repair goes round the whole loop in the window, and another seat sees each state without asking', async ({
  browser,
}) => {
  const repair = await shop.receive((item) =>
    item.accessories.push({ accessoryId: null, name: 'Charger', serial: '' }),
  )
  const here = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  const there = await openSeat(browser, shop.host, 'counter', pathOf(repair))
  const { page } = here
  const state = (seat: Page): Locator => main(seat).locator('header').first()
  await expect(state(there.page)).toContainText('Waiting for assignment')
  await expectAccessible(page)

  /** The move is made here; the other seat shows the new state without a reload. */
  async function seen(move: Promise<unknown>, words: string): Promise<void> {
    await move
    await expect(state(page)).toContainText(words)
    await expect(state(there.page)).toContainText(words)
  }

  /** Takes another step than the one the page proposes. */
  async function otherwise(proposed: string, step: string): Promise<void> {
    await expect(act(page, proposed)).toBeVisible()
    await act(page, 'More actions').click()
    await page.getByRole('menuitem', { name: step, exact: true }).click()
  }

  await act(page, 'Assign').click()
  await pick(page, 'Engineer', /Tom Technician/)
  await seen(dialog(page).getByRole('button', { name: 'Assign' }).click(), 'Assigned')
  await expect(there.page.getByText('Tom Technician').first()).toBeVisible()
  await seen(act(page, 'Start work').click(), 'Diagnosing')
  // The filled button follows the work; a step of the bench that goes without it is in the menu.
  await seen(otherwise('Record findings', 'Ask for approval'), 'Awaiting approval')
  await seen(otherwise('Write the quote', 'Repair'), 'In repair')
  await seen(act(page, 'Test').click(), 'Testing')

  await act(page, 'Solved').click()
  await dialog(page).getByRole('button', { name: 'Solved' }).click()
  await expect(dialog(page).getByText('Write down what was found and done.')).toBeVisible()
  await dialog(page)
    .getByRole('textbox', { name: 'Findings and work done' })
    .fill('New battery, tested for an hour')
  await dialog(page).getByRole('button', { name: 'Add a defect' }).click()
  await dialog(page)
    .getByRole('textbox', { name: /Defects known/ })
    .fill('Hairline crack at the hinge')
  await expectAccessible(page)
  await seen(dialog(page).getByRole('button', { name: 'Solved' }).click(), 'Processed')
  await expect(there.page.getByText('Hairline crack at the hinge')).toBeVisible()

  await act(page, 'Hand over').click()
  await expect(dialog(page).getByText('1 not ticked')).toBeVisible()
  await dialog(page).getByText('Charger').click()
  await dialog(page).getByRole('textbox', { name: 'Collected by' }).fill('Ms Li')
  await dialog(page).getByRole('button', { name: 'Hand over' }).click()
  await expect(
    dialog(page).getByText('Let the customer sign, or say why there is no signature.'),
  ).toBeVisible()
  await pick(page, 'No signature because', /By phone/)
  await seen(dialog(page).getByRole('button', { name: 'Hand over' }).click(), 'Collected')

  await act(page, 'Follow up').click()
  await dialog(page).getByText('Very satisfied').click()
  await seen(dialog(page).getByRole('button', { name: 'Save' }).click(), 'Closed')
  await act(page, 'Verify').click()
  await expect(there.page.getByText(/Mark Manager · /)).toBeVisible()
  await expect(act(page, 'Verify')).toHaveCount(0)

  const stored = await shop.manager.client.repairs.get({ uid: repair.uid })
  expect(stored).toMatchObject({ state: 'closed', satisfaction: 'very_satisfied', collectedBy: 'Ms Li' })
  expect(stored.accessories).toMatchObject([{ returned: true }])
  expect(stored.verifiedBy).toBe('Mark Manager')
  const done = (await shop.manager.client.repairs.timeline({ repairId: repair.id })).map((row) => row.action)
  const loop: RepairAction[] = [
    'verify',
    'follow_up_satisfied',
    'hand_over',
    'solve',
    'test',
    'repair',
    'request_approval',
    'start',
    'assign',
    'receive',
  ]
  expect(done.filter((action) => action !== null)).toEqual(loop)

  await page.getByRole('tab', { name: /Timeline/ }).click()
  await expect(page.getByText('New battery, tested for an hour')).toBeVisible()
  await expectAccessible(page)
  expect([...here.errors, ...there.errors]).toEqual([])
  await here.close()
  await there.close()
})

test('a stale act says who changed what, keeps what was typed, and goes on from the present state', async ({
  browser,
}) => {
  const repair = await shop.receive()
  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  await act(page, 'More actions').click()
  await page.getByRole('menuitem', { name: 'Lock' }).click()
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('reported stolen')

  const counter = await signIn(shop.host, 'counter')
  const version = await shop.versionOf(repair)
  await counter.client.repairs.edit({
    commandId: randomUUID(),
    repairId: repair.id,
    version,
    changes: { priority: 'urgent' },
  })
  await dialog(page).getByRole('button', { name: 'Lock' }).click()

  const notice = dialog(page).getByRole('alert')
  await expect(notice).toContainText('Cora Counter changed this record')
  await expect(notice).toContainText('Priority: Normal → Urgent')
  await expect(dialog(page).getByRole('textbox', { name: 'Reason' })).toHaveValue('reported stolen')
  expect((await shop.manager.client.repairs.get({ uid: repair.uid })).locked).toBeNull()

  await dialog(page).getByRole('button', { name: 'Go on from the present state' }).click()
  await dialog(page).getByRole('button', { name: 'Lock' }).click()
  await expect(main(page).getByText('reported stolen')).toBeVisible()
  await expect(main(page)).toContainText('Urgent')
  // The browser itself notes the refused save.
  expect(errors).toEqual([expect.stringContaining('409')])
  await close()
})

test('while one seat edits a repair, what another saves is merged and named, and what was typed stays', async ({
  browser,
}) => {
  const repair = await shop.receive()
  const { page, errors, close } = await openSeat(browser, shop.host, 'counter', pathOf(repair))
  await act(page, 'Edit').click()
  await dialog(page).getByRole('textbox', { name: 'Internal note' }).fill('call before opening')

  const version = await shop.versionOf(repair)
  await shop.manager.client.repairs.edit({
    commandId: randomUUID(),
    repairId: repair.id,
    version,
    changes: { mayCollect: 'Mr Wu' },
  })
  await expect(dialog(page).getByText(/Somebody else has changed: May collect/)).toBeVisible()
  await expect(dialog(page).getByRole('textbox', { name: 'May collect' })).toHaveValue('Mr Wu')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page)).toBeHidden()

  expect(await shop.manager.client.repairs.get({ uid: repair.uid })).toMatchObject({
    internalNote: 'call before opening',
    mayCollect: 'Mr Wu',
  })
  expect(errors).toEqual([])
  await close()
})

test('a locked repair offers a manager the ways to unlock it and a technician nothing', async ({
  browser,
}) => {
  const repair = await shop.receive()
  await shop.assign(repair)
  const technician = await openSeat(browser, shop.host, 'technician', pathOf(repair))
  await expect.poll(() => offered(technician.page)).toEqual(['Start work', 'Suspend'])

  await shop.lock(repair)
  await expect(technician.page.getByText('Nothing moves until the service manager unlocks it.')).toBeVisible()
  await expect.poll(() => offered(technician.page)).toEqual([])

  const managers = await openSeat(browser, shop.host, 'manager', pathOf(repair))
  await expect(managers.page.getByText('theft report')).toBeVisible()
  await expect.poll(() => offered(managers.page)).toEqual(['Unlock'])
  await expectAccessible(managers.page)
  await act(managers.page, 'Unlock').click()
  const ways = dialog(managers.page).locator('.el-radio-button')
  await expect(ways).toHaveText(['Another engineer', 'New date', 'Close'])
  await pick(managers.page, 'Engineer', /Tom Technician/)
  await dialog(managers.page).getByRole('textbox', { name: 'Reason' }).fill('cleared with the police')
  await dialog(managers.page).getByRole('button', { name: 'Unlock and reassign' }).click()
  await expect(act(technician.page, 'Start work')).toBeVisible()
  expect([...technician.errors, ...managers.errors]).toEqual([])
  await technician.close()
  await managers.close()
})

test('a passcode is shown after a question for half a minute, and the history keeps who looked', async ({
  browser,
}) => {
  const repair = await shop.receive((item) =>
    Object.assign(item, { passcode: '2580', passcodeKind: 'digits' }),
  )
  await shop.assign(repair)
  const { page, errors, close } = await openSeat(browser, shop.host, 'technician', pathOf(repair))
  await expect(page.getByText('2580')).toHaveCount(0)
  await page.clock.install()
  await act(page, 'Show passcode').click()
  await page.locator('.el-popconfirm').getByRole('button', { name: 'Show passcode' }).click()
  await expect(page.getByText('2580')).toBeVisible()
  await page.clock.fastForward(31_000)
  await expect(page.getByText('2580')).toHaveCount(0)
  await page.getByRole('tab', { name: /Timeline/ }).click()
  const looks = page.getByRole('listitem').filter({ hasText: 'Looked at the passcode' })
  await expect(looks).toContainText('Tom Technician')
  expect(errors).toEqual([])
  await close()
})

test('devices of one visit lead to each other, and a device that comes back leads to its repair before', async ({
  browser,
}) => {
  const visit = await intakeOf(shop.manager)
  const other = await intakeOf(shop.manager)
  const { repairs } = await shop.manager.client.repairs.receive({
    commandId: randomUUID(),
    ...visit,
    channel: 'drop_off',
    items: [...visit.items, ...other.items],
  })
  const [first, second] = repairs
  if (!first || !second) throw new Error('two devices were left')
  await shop.assign(first)
  await shop.manager.client.repairs.work({
    commandId: randomUUID(),
    repairs: [{ repairId: first.id }],
    action: 'start',
  })
  await shop.manager.client.repairs.solve({
    commandId: randomUUID(),
    repairId: first.id,
    version: await shop.versionOf(first),
    outcome: 'repaired',
    findings: 'loose plug',
    codeIds: [],
    knownDefects: [],
  })
  await shop.manager.client.repairs.handOver({
    commandId: randomUUID(),
    repairId: first.id,
    version: await shop.versionOf(first),
    collectedBy: 'the customer',
    signatureUid: null,
    noSignatureReason: 'by_phone',
    noSignatureNote: '',
    returnedAccessoryIds: [],
    accessoriesKeptConfirmed: true,
    note: '',
  })
  const before = await shop.manager.client.repairs.get({ uid: first.uid })
  const again = await shop.manager.client.repairs.receive({
    commandId: randomUUID(),
    ...visit,
    customer: before.customerId === null ? null : { id: before.customerId },
    items: visit.items.map((item) => ({ ...item, device: { id: before.deviceId } })),
  })

  const { page, errors, close } = await openSeat(browser, shop.host, 'manager', pathOf(second))
  await main(page).getByRole('link', { name: first.number }).click()
  await expect(main(page).locator('h1')).toHaveText(first.number)
  await expect(main(page).getByRole('link', { name: second.number })).toBeVisible()
  const [back] = again.repairs
  if (!back) throw new Error('nothing was received')
  await page.goto(new URL(pathOf(back), shop.host.url).href)
  await main(page).getByRole('link', { name: first.number }).click()
  await expect(main(page).locator('h1')).toHaveText(first.number)
  expect(errors).toEqual([])
  await close()
})
