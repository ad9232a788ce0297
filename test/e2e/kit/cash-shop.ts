import { randomUUID } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import { openRepairShop, type Received, type RepairShop } from './repair-shop.ts'

/** A shop at its till: repairs, and what their bills say. */
export interface CashShop extends RepairShop {
  /** Received, and being worked on. */
  atWork(): Promise<Received>
  /** Being worked on, and invoiced over one line of labour. */
  invoiced(priceMinor: number): Promise<Received>
  moneyOf(repair: Received): ReturnType<RepairShop['manager']['client']['charges']['ofRepair']>
}

export async function openCashShop(): Promise<CashShop> {
  const shop = await openRepairShop()
  const { client } = shop.manager

  async function atWork(): Promise<Received> {
    const repair = await shop.receive()
    const repairs = [{ repairId: repair.id }]
    await shop.assign(repair)
    for (const action of ['start', 'repair'] as const)
      await shop.tom.seat.client.repairs.work({ commandId: randomUUID(), repairs, action })
    return repair
  }

  return {
    ...shop,
    atWork,
    moneyOf: ({ id }) => client.charges.ofRepair({ repairId: id }),
    async invoiced(priceMinor) {
      const repair = await atWork()
      const taxCodeId = (await client.prices.taxCodes({})).find(({ isDefault }) => isDefault)?.id ?? 0
      await client.charges.add({
        commandId: randomUUID(),
        repairId: repair.id,
        line: {
          kind: 'labour',
          serviceId: null,
          partId: null,
          description: 'Board repair',
          quantity: 1000,
          unitMinor: priceMinor,
          discountMinor: 0,
          taxCodeId,
          shares: [{ payer: 'customer', customerId: null, shareBp: 10_000 }],
          standardMinutes: 60,
          warrantyMonths: 3,
        },
      })
      await client.invoices.issue({
        commandId: randomUUID(),
        repairIds: [repair.id],
        payer: 'customer',
        customerId: null,
        cashRounding: false,
        dueOn: null,
        note: '',
        expectedGrossMinor: priceMinor,
      })
      return repair
    },
  }
}

export const moneyPath = ({ uid }: Received): string => `/repairs/${uid}?tab=money`

/** The panel with this heading. */
export function panel(page: Page, title: string): Locator {
  return page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
}

/** Opens the shift of this seat where a payment misses it. */
export async function openShift(dialog: Locator, float: string): Promise<void> {
  await dialog.getByLabel('Float in the drawer').fill(float)
  await dialog.getByRole('button', { name: 'Open shift' }).click()
  await expect(dialog.getByLabel('Float in the drawer')).toHaveCount(0)
}

/** What comes next on the money tab: taking the payment. */
export async function beginPayment(page: Page): Promise<void> {
  await panel(page, 'Where it stands').getByRole('button', { name: 'Take payment' }).click()
}
