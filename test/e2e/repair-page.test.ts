import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test, type Locator, type Page } from '@playwright/test'
import type { RepairAction } from '#contract/repair-states.ts'
import { intakeOf } from '../kit/intake.ts'
import { setUpShop, signIn, startTestHost, type RunningHost, type Seat } from '../kit/host.ts'
import { expectAccessible, openSeat, scan } from '../kit/seat-page.ts'

type Received = Awaited<ReturnType<Seat['client']['repairs']['receive']>>['repairs'][number]

let host: RunningHost
let manager: Seat
let tom: { id: number; seat: Seat }

test.beforeAll(async () => {
  host = await startTestHost()
  await setUpShop(host)
  manager = await signIn(host, 'manager')
  const seat = await signIn(host, 'technician')
  const { session } = await seat.client.session.state({})
  tom = { id: session?.user.id ?? 0, seat }
})
test.afterAll(() => host.stop())

async function receive(
  change: (item: Awaited<ReturnType<typeof intakeOf>>['items'][number]) => void = () => {},
): Promise<Received> {
  const intake = await intakeOf(manager)
  for (const item of intake.items) change(item)
  const { repairs } = await manager.client.repairs.receive({ commandId: randomUUID(), ...intake })
  const [repair] = repairs
  if (!repair) throw new Error('nothing was received')
  return repair
}

const targets = (repair: Received) => [{ repairId: repair.id }]

async function assign(repair: Received): Promise<void> {
  await manager.client.repairs.assign({
    commandId: randomUUID(),
    repairs: targets(repair),
    engineerId: tom.id,
  })
}

async function versionOf({ uid }: Received): Promise<number> {
  return (await manager.client.repairs.get({ uid })).version
}

async function lock(repair: Received): Promise<void> {
  const version = await versionOf(repair)
  await manager.client.repairs.lock({
    commandId: randomUUID(),
    repairId: repair.id,
    version,
    reason: 'theft report',
  })
}

const pathOf = ({ uid }: Received): string => `/repairs/${uid}`
const dialog = (page: Page): Locator => page.getByRole('dialog')
const main = (page: Page): Locator => page.locator('main')
const act = (page: Page, name: string): Locator => main(page).getByRole('button', { name, exact: true })

/** Picks an entry of a list that opens under a field of the dialog. */
async function pick(page: Page, label: string, entry: RegExp): Promise<void> {
  await dialog(page).getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: entry }).click()
}

/** The names of everything the page offers to do, besides printing, editing and the like. */
async function offered(page: Page): Promise<string[]> {
  await expect(main(page).locator('h1')).toBeVisible()
  const more = act(page, 'More actions')
  const primary = await main(page).locator('header .el-button--primary').allInnerTexts()
  if ((await more.count()) === 0) return primary
  await more.click()
  const items = page.locator('[role="menuitem"]:visible')
  await expect(items.first()).toBeVisible()
  const names = await items.allInnerTexts()
  await page.keyboard.press('Escape')
  return [...primary, ...names].map((name) => name.trim())
}

test('a repair goes round the whole loop in the window, and another seat sees each state within a second', async ({
  browser,
}) => {
  const repair = await receive((item) =>
    item.accessories.push({ accessoryId: null, name: 'Charger', serial: '' }),
  )
  const here = await openSeat(browser, host, 'manager', pathOf(repair))
  const there = await openSeat(browser, host, 'counter', pathOf(repair))
  const { page } = here
  const state = (seat: Page): Locator => main(seat).locator('header').first()
  await expect(state(there.page)).toContainText('Waiting for assignment')
  await expectAccessible(page)

  /** The move is made here; the other seat shows the new state within a second and without a reload. */
  async function seen(move: Promise<unknown>, words: string): Promise<void> {
    await move
    await expect(state(page)).toContainText(words)
    await expect(state(there.page)).toContainText(words, { timeout: 1000 })
  }

  await act(page, 'Assign').click()
  await pick(page, 'Engineer', /Tom Technician/)
  await seen(dialog(page).getByRole('button', { name: 'Assign' }).click(), 'Assigned')
  await expect(there.page.getByText('Tom Technician').first()).toBeVisible()
  await seen(act(page, 'Start work').click(), 'Diagnosing')
  await seen(act(page, 'Ask for approval').click(), 'Awaiting approval')
  await seen(act(page, 'Repair').click(), 'In repair')
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
  await seen(dialog(page).getByRole('button', { name: 'Hand over' }).click(), 'Collected')

  await act(page, 'Follow up').click()
  await dialog(page).getByText('Very satisfied').click()
  await seen(dialog(page).getByRole('button', { name: 'Save' }).click(), 'Closed')
  await act(page, 'Verify').click()
  await expect(there.page.getByText(/Mark Manager · /)).toBeVisible({ timeout: 1000 })
  await expect(act(page, 'Verify')).toHaveCount(0)

  const stored = await manager.client.repairs.get({ uid: repair.uid })
  expect(stored).toMatchObject({ state: 'closed', satisfaction: 'very_satisfied', collectedBy: 'Ms Li' })
  expect(stored.accessories).toMatchObject([{ returned: true }])
  expect(stored.verifiedBy).toBe('Mark Manager')
  const done = (await manager.client.repairs.timeline({ repairId: repair.id })).map((row) => row.action)
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
  const repair = await receive()
  const { page, errors, close } = await openSeat(browser, host, 'manager', pathOf(repair))
  await act(page, 'More actions').click()
  await page.getByRole('menuitem', { name: 'Lock' }).click()
  await dialog(page).getByRole('textbox', { name: 'Reason' }).fill('reported stolen')

  const counter = await signIn(host, 'counter')
  const version = await versionOf(repair)
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
  expect((await manager.client.repairs.get({ uid: repair.uid })).locked).toBeNull()

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
  const repair = await receive()
  const { page, errors, close } = await openSeat(browser, host, 'counter', pathOf(repair))
  await act(page, 'Edit').click()
  await dialog(page).getByRole('textbox', { name: 'Internal note' }).fill('call before opening')

  const version = await versionOf(repair)
  await manager.client.repairs.edit({
    commandId: randomUUID(),
    repairId: repair.id,
    version,
    changes: { mayCollect: 'Mr Wu' },
  })
  await expect(dialog(page).getByText(/Somebody else has changed: May collect/)).toBeVisible({
    timeout: 1000,
  })
  await expect(dialog(page).getByRole('textbox', { name: 'May collect' })).toHaveValue('Mr Wu')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page)).toBeHidden()

  expect(await manager.client.repairs.get({ uid: repair.uid })).toMatchObject({
    internalNote: 'call before opening',
    mayCollect: 'Mr Wu',
  })
  expect(errors).toEqual([])
  await close()
})

test('a locked repair offers a manager the ways to unlock it and a technician nothing', async ({
  browser,
}) => {
  const repair = await receive()
  await assign(repair)
  const technician = await openSeat(browser, host, 'technician', pathOf(repair))
  expect(await offered(technician.page)).toEqual(['Start work', 'Suspend'])

  await lock(repair)
  await expect(technician.page.getByText('Nothing moves until the service manager unlocks it.')).toBeVisible({
    timeout: 1000,
  })
  expect(await offered(technician.page)).toEqual([])

  const managers = await openSeat(browser, host, 'manager', pathOf(repair))
  await expect(managers.page.getByText('theft report')).toBeVisible()
  expect(await offered(managers.page)).toEqual(['Unlock'])
  await expectAccessible(managers.page)
  await act(managers.page, 'Unlock').click()
  const ways = await dialog(managers.page).locator('.el-radio-button').allInnerTexts()
  expect(ways).toEqual(['Another engineer', 'New date', 'Close'])
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
  const repair = await receive((item) => Object.assign(item, { passcode: '2580', passcodeKind: 'digits' }))
  await assign(repair)
  const { page, errors, close } = await openSeat(browser, host, 'technician', pathOf(repair))
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

test('many repairs are chosen by scanning their labels and assigned together; who cannot go says why', async ({
  browser,
}) => {
  const [first, second, locked] = [await receive(), await receive(), await receive()]
  await lock(locked)
  const { page, errors, close } = await openSeat(browser, host, 'manager', '/repairs')
  await act(page, 'Scan labels').click()
  await expect(page.getByRole('textbox', { name: 'Number or label' })).toBeFocused()
  await scan(page, first.number)
  await expect(page.getByText(/^1 chosen$/).first()).toBeVisible()
  await scan(page, `benchside://repair/${second.uid}`)
  await expect(page.getByText(/^2 chosen$/).first()).toBeVisible()
  await scan(page, locked.number)
  await scan(page, '20991231999')
  await expect(page.getByRole('alert')).toContainText('No repair has this code')
  await expect(page.getByText(/^3 chosen$/).first()).toBeVisible()
  await expect(page).toHaveURL(/\/repairs$/)
  await expectAccessible(page)

  await page.getByRole('region', { name: 'Chosen repairs' }).getByRole('button', { name: 'Assign' }).click()
  await pick(page, 'Engineer', /Tom Technician/)
  await dialog(page).getByRole('button', { name: 'Assign' }).click()
  const refused = dialog(page).getByRole('alert')
  await expect(refused).toContainText('1 could not be changed')
  await expect(refused).toContainText(locked.number)
  await expect(refused).toContainText('is locked')
  for (const { uid } of [first, second]) {
    expect((await manager.client.repairs.get({ uid })).engineerId).toBe(tom.id)
  }
  expect((await manager.client.repairs.get({ uid: locked.uid })).engineerId).toBeNull()
  expect(errors).toEqual([])
  await close()
})

test('the list is filtered by the host, remembers its columns, and exports what it shows without formulas', async ({
  browser,
}) => {
  const formula = await receive((item) =>
    Object.assign(item.visit, { faultText: '=HYPERLINK("http://x.example","open")', priority: 'urgent' }),
  )
  const locked = await receive()
  await lock(locked)
  const { page, errors, close } = await openSeat(browser, host, 'manager', '/repairs')
  const table = page.getByRole('table')
  await expect(table.getByRole('link', { name: formula.number })).toBeVisible()

  await act(page, 'Columns').click()
  await dialog(page).getByText('Fault, in the customer’s words').click()
  await dialog(page).getByText('Idle', { exact: true }).click()
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await expect(table.getByRole('columnheader', { name: 'Fault, in the customer’s words' })).toBeVisible()
  await expect(table.getByRole('columnheader', { name: 'Idle' })).toHaveCount(0)

  const downloading = page.waitForEvent('download')
  await act(page, 'Export CSV').click()
  const text = readFileSync(await (await downloading).path(), 'utf8')
  expect(text.charCodeAt(0)).toBe(0xfe_ff)
  expect(text).toContain(`"'=HYPERLINK(""http://x.example"",""open"")"`)
  const { rows } = await manager.client.repairs.list({ limit: 200 })
  expect(text.trimEnd().split('\r\n')).toHaveLength(rows.length + 1)
  await dialog(page).getByRole('button', { name: 'Close' }).last().click()

  await page.goto(new URL('/repairs?only=locked', host.url).href)
  await expect(table.getByRole('link', { name: locked.number })).toBeVisible()
  await expect(table.getByRole('link', { name: formula.number })).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('devices of one visit lead to each other, and a device that comes back leads to its repair before', async ({
  browser,
}) => {
  const visit = await intakeOf(manager)
  const other = await intakeOf(manager)
  const { repairs } = await manager.client.repairs.receive({
    commandId: randomUUID(),
    ...visit,
    channel: 'drop_off',
    items: [...visit.items, ...other.items],
  })
  const [first, second] = repairs
  if (!first || !second) throw new Error('two devices were left')
  await assign(first)
  await manager.client.repairs.work({ commandId: randomUUID(), repairs: targets(first), action: 'start' })
  await manager.client.repairs.solve({
    commandId: randomUUID(),
    repairId: first.id,
    version: await versionOf(first),
    outcome: 'repaired',
    findings: 'loose plug',
    codeIds: [],
    knownDefects: [],
  })
  await manager.client.repairs.handOver({
    commandId: randomUUID(),
    repairId: first.id,
    version: await versionOf(first),
    collectedBy: 'the customer',
    signatureUid: null,
    returnedAccessoryIds: [],
    note: '',
  })
  const before = await manager.client.repairs.get({ uid: first.uid })
  const again = await manager.client.repairs.receive({
    commandId: randomUUID(),
    ...visit,
    customer: before.customerId === null ? null : { id: before.customerId },
    items: visit.items.map((item) => ({ ...item, device: { id: before.deviceId } })),
  })

  const { page, errors, close } = await openSeat(browser, host, 'manager', pathOf(second))
  await main(page).getByRole('link', { name: first.number }).click()
  await expect(main(page).locator('h1')).toHaveText(first.number)
  await expect(main(page).getByRole('link', { name: second.number })).toBeVisible()
  const [back] = again.repairs
  if (!back) throw new Error('nothing was received')
  await page.goto(new URL(pathOf(back), host.url).href)
  await main(page).getByRole('link', { name: first.number }).click()
  await expect(main(page).locator('h1')).toHaveText(first.number)
  expect(errors).toEqual([])
  await close()
})
