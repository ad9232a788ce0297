import { randomUUID } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import { intakeOf } from '../../kit/intake.ts'
import { openTestShop } from '../../kit/shop.ts'
import { signIn, type RunningHost, type Seat } from '../../kit/host.ts'

export type Received = Awaited<ReturnType<Seat['client']['repairs']['receive']>>['repairs'][number]
type Item = Awaited<ReturnType<typeof intakeOf>>['items'][number]

/** A shop with a manager and Tom the technician, and what happens to its repairs besides the window. */
export interface RepairShop {
  readonly host: RunningHost
  readonly manager: Seat
  readonly tom: { readonly id: number; readonly seat: Seat }
  receive(change?: (item: Item) => void): Promise<Received>
  /** Gives it to Tom. */
  assign(repair: Received): Promise<void>
  lock(repair: Received): Promise<void>
  versionOf(repair: Received): Promise<number>
}

export async function openRepairShop(): Promise<RepairShop> {
  const { host } = await openTestShop()
  const manager = await signIn(host, 'manager')
  const seat = await signIn(host, 'technician')
  const { session } = await seat.client.session.state({})
  const tom = { id: session?.user.id ?? 0, seat }
  const { repairs } = manager.client

  const versionOf = async ({ uid }: Received): Promise<number> => (await repairs.get({ uid })).version
  return {
    host,
    manager,
    tom,
    versionOf,
    async receive(change) {
      const intake = await intakeOf(manager)
      for (const item of intake.items) change?.(item)
      const [repair] = (await repairs.receive({ commandId: randomUUID(), ...intake })).repairs
      if (!repair) throw new Error('nothing was received')
      return repair
    },
    async assign({ id }) {
      await repairs.assign({ commandId: randomUUID(), repairs: [{ repairId: id }], engineerId: tom.id })
    },
    async lock(repair) {
      const version = await versionOf(repair)
      const reason = 'theft report'
      await repairs.lock({ commandId: randomUUID(), repairId: repair.id, version, reason })
    },
  }
}

export const pathOf = ({ uid }: Received): string => `/repairs/${uid}`
export const dialog = (page: Page): Locator => page.getByRole('dialog')
export const main = (page: Page): Locator => page.locator('main')
export const act = (page: Page, name: string): Locator =>
  main(page).getByRole('button', { name, exact: true })

/** Picks an entry of a list that opens under a field of the dialog. */
export async function pick(page: Page, label: string, entry: RegExp): Promise<void> {
  await openList(dialog(page).getByRole('combobox', { name: label }))
  await page.getByRole('option', { name: entry }).click()
}

/** Opens the list under a field once the field stands still. */
export async function openList(field: Locator): Promise<void> {
  // In a list that takes no typing the chosen words lie over the field; both are within its frame.
  await field.locator('xpath=ancestor::*[contains(@class, "el-select__wrapper")]').click()
}

/** The names of everything a repair's page offers to do, besides printing, editing and the like. */
export async function offered(page: Page): Promise<string[]> {
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
