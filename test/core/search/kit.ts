import type { CustomerInput } from '#contract/customers.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { Item } from '../repairs/inputs.ts'
import { repairShop, type RepairShop } from '../repairs/kit.ts'

type Device = Extract<Item['device'], { new: unknown }>['new']

export interface Brought {
  readonly id: number
  readonly uid: string
  readonly number: string
  readonly customerId: number
  readonly deviceId: number
}

export interface SearchShop extends RepairShop {
  /** Receives one device of one new customer; each test names only what it looks for. */
  bring(given?: {
    customer?: Partial<CustomerInput>
    device?: Partial<Device>
    visit?: Partial<Item['visit']>
  }): Brought
  find(text: string, limit?: number): OutputOf<'search.find'>
  /** Ids a text finds, in the order shown. */
  repairs(text: string): number[]
  customers(text: string): number[]
  devices(text: string): number[]
}

/** A shop whose counter receives what a test describes and then looks for it in the one search box. */
export function searchShop(options: Parameters<typeof repairShop>[0] = {}): SearchShop {
  const shop = repairShop(options)
  let received = 0
  const find = (text: string, limit?: number) =>
    shop.call('search.find', limit === undefined ? { text } : { text, limit })
  return {
    ...shop,
    bring(given = {}) {
      received++
      const customer = shop.customer({ name: `Q${received}`, ...given.customer })
      const device = { new: shop.deviceInput({ serial: `Z${received}Z`, modelText: '', ...given.device }) }
      const visit = shop.visit({ faultText: '…', ...given.visit })
      const result = shop.call(
        'repairs.receive',
        shop.intake({ customer: { new: customer }, items: [shop.item({ device, visit })] }),
      )
      const { id, uid, number } = result.repairs[0]!
      return { id, uid, number, customerId: result.customerId!, deviceId: Number(shop.row(id)['device_id']) }
    },
    find,
    repairs: (text) => find(text).repairs.map((card) => card.id),
    customers: (text) => find(text).customers.map((row) => row.id),
    devices: (text) => find(text).devices.map((row) => row.id),
  }
}

/** What each text finds, by text: a failing test shows which of them. */
export function each<T>(texts: readonly string[], found: (text: string) => T): Record<string, T> {
  return Object.fromEntries(texts.map((text) => [text, found(text)]))
}
