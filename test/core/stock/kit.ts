import { expect } from 'vitest'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import type { BuiltInRole } from '#contract/permissions.ts'
import type { PartInput } from '#contract/stock-model.ts'
import { repairShop } from '../repairs/kit.ts'

/** One piece, in thousandths. */
export const one = 1000

type Settle = InputOf<'stock.settle'>
type Issue = InputOf<'stock.issue'>

/** A shop with an empty storeroom, and short words for what happens there. */
export function stockShop(options: Parameters<typeof repairShop>[0] = {}) {
  const shop = repairShop(options)
  const taxCodeId = shop.sql.prepare('SELECT id FROM tax_codes ORDER BY id LIMIT 1').pluck().get() as number
  const [firstBin] = shop.call('stock.places', { kinds: ['bin'] })
  expect(firstBin).toBeDefined()
  const bin = firstBin!.id
  let made = 0

  const partInput = (given: Partial<PartInput> = {}): PartInput => {
    made++
    return {
      number: `P-${made}`,
      zh: `配件${made}`,
      en: '',
      barcode: '',
      models: '',
      unit: '个',
      serialised: false,
      returnable: false,
      priceMinor: 10_000,
      taxCodeId,
      warrantyMonths: 3,
      minimum: 0,
      maximum: null,
      binId: bin,
      supersedesId: null,
      active: true,
      ...given,
    }
  }
  /** A part of the catalogue, and `pieces` of it on the first shelf. */
  const part = (given: Partial<PartInput> = {}, pieces = 0, unitCostMinor = 5_000) => {
    const input = partInput(given)
    const created = shop.call('stock.createPart', { part: input })
    if (pieces > 0) receive(created.id, pieces, { unitCostMinor })
    return { ...created, number: input.number }
  }
  type Line = InputOf<'stock.receive'>['lines'][number]
  const receive = (partId: number, pieces: number, more: Partial<Line> = {}) =>
    shop.call('stock.receive', {
      supplier: '华强电子',
      document: '',
      note: '',
      lines: [{ partId, quantity: pieces * one, unitCostMinor: 5_000, binId: bin, serials: [], ...more }],
    })
  const receiveSerials = (partId: number, ...serials: string[]) =>
    receive(partId, serials.length, { serials })
  /** A repair on the bench that parts may be used for. */
  const repair = () => shop.at('in_repair')
  const plan = (repairId: number, partId: number, pieces = 1, reserve = true) =>
    shop.call('stock.plan', { repairId, partId, quantity: pieces * one, reserve })
  const issue = (repairId: number, code: string, more: Partial<Issue> & { as?: BuiltInRole } = {}) => {
    const { as = 'owner', ...rest } = more
    return shop.as(as).call('stock.issue', {
      repairId,
      repairPartId: null,
      code,
      quantity: null,
      binId: null,
      overrideReason: null,
      ...rest,
    })
  }
  const lines = (repairId: number) => shop.call('stock.ofRepair', { repairId })
  const line = (repairId: number, id: number) => {
    const found = lines(repairId).find((row) => row.id === id)
    expect(found).toBeDefined()
    return found!
  }
  const settle = (
    target: { id: number; version: number },
    result: Settle['result'],
    more: Partial<Settle> = {},
  ) =>
    shop.call('stock.settle', {
      repairPartId: target.id,
      version: target.version,
      result,
      quantity: null,
      serial: '',
      oldSerial: '',
      reason: '',
      personId: null,
      binId: null,
      ...more,
    })
  const get = (uid: string): OutputOf<'stock.getPart'> => shop.call('stock.getPart', { uid })
  /** On hand, reserved and available on all shelves, in pieces. */
  const stock = (uid: string): number[] => {
    const { onHand, reserved, available } = get(uid).part
    return [onHand / one, reserved / one, available / one]
  }
  /** What lies in places of a kind, in pieces. */
  const at = (uid: string, kind: string): number =>
    get(uid)
      .balances.filter((row) => row.kind === kind)
      .reduce((sum, row) => sum + row.onHand, 0) / one
  const faults = () => shop.call('ledgers.verify', {}).faults
  return {
    ...shop,
    repairAt: shop.at,
    taxCodeId,
    bin,
    partInput,
    part,
    receiveGoods: receive,
    receiveSerials,
    repair,
    plan,
    issue,
    lines,
    line,
    settle,
    get,
    stock,
    lying: at,
    faults,
    /** Whatever a test did, both ledgers are as they must be. */
    closeSound: () => {
      expect(faults()).toEqual([])
      shop.close()
    },
  }
}
export type StockShop = ReturnType<typeof stockShop>
