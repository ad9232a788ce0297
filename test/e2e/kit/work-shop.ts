import { randomUUID } from 'node:crypto'
import { signIn, type RunningHost, type Seat } from '../../kit/host.ts'
import { walkIn } from '../../kit/intake.ts'
import { openTestShop } from '../../kit/shop.ts'
import type { Received } from './bench-shop.ts'
import { idOf } from './bench-shop.ts'

/** A shop that works: a technician, a device whose category has a test list, and one part on a shelf. */
export interface WorkShop {
  readonly host: RunningHost
  readonly manager: Seat
  readonly technician: Seat
  readonly technicianId: number
  readonly part: { readonly id: number; readonly number: string; readonly barcode: string }
  /** Received, given to the technician, and begun. */
  begun(): Promise<Received>
  /** A quote of one part, with the customer for their answer, then agreed to by phone. */
  agreed(repair: Received, unitMinor?: number): Promise<void>
  versionOf(repair: Received): Promise<number>
}

const partFields = {
  number: 'BAT-13',
  zh: '电池 13',
  en: 'Battery 13',
  barcode: '4006381333931',
  models: 'Model T',
  unit: '',
  serialised: false,
  returnable: false,
  priceMinor: 18_000,
  warrantyMonths: 6,
  minimum: 0,
  maximum: null,
  binId: null,
  supersedesId: null,
  active: true,
}

async function stockedPart(manager: Seat, taxCodeId: number): Promise<WorkShop['part']> {
  const { client } = manager
  const part = { ...partFields, taxCodeId }
  const { id } = await client.stock.createPart({ commandId: randomUUID(), part })
  const [bin] = await client.stock.places({ kinds: ['bin'] })
  if (!bin) throw new Error('the shop has no shelf')
  const line = { partId: id, quantity: 5000, unitCostMinor: 9000, binId: bin.id, serials: [] }
  const receipt = { supplier: 'Parts & Co', document: 'D-1', note: '', lines: [line] }
  await client.stock.receive({ commandId: randomUUID(), ...receipt })
  return { id, number: part.number, barcode: part.barcode }
}

export async function openWorkShop(): Promise<WorkShop> {
  const { host } = await openTestShop()
  const manager = await signIn(host, 'manager')
  const technician = await signIn(host, 'technician')
  const technicianId = await idOf(technician)
  const codes = await manager.client.prices.taxCodes({})
  const taxCodeId = codes.find(({ isDefault }) => isDefault)?.id ?? 0
  const part = await stockedPart(manager, taxCodeId)
  const entries = await manager.client.dictionaries.list({ kinds: ['device_category', 'test_item', 'cause'] })
  const tested = entries.find(
    (one) =>
      one.kind === 'device_category' &&
      !one.needsSerial &&
      !one.needsChecks &&
      one.minPhotos === 0 &&
      entries.some(({ parentId, kind }) => kind === 'test_item' && parentId === one.id),
  )
  const cause = entries.find(({ kind }) => kind === 'cause')
  if (!tested || !cause) throw new Error('the seed has no tested category')
  const versionOf = async ({ uid }: Received): Promise<number> =>
    (await manager.client.repairs.get({ uid })).version

  return {
    host,
    manager,
    technician,
    technicianId,
    part,
    versionOf,
    async begun() {
      const intake = walkIn(tested.id)
      const { repairs } = await manager.client.repairs.receive({ commandId: randomUUID(), ...intake })
      const [repair] = repairs
      if (!repair) throw new Error('nothing was received')
      const target = [{ repairId: repair.id }]
      await manager.client.repairs.assign({
        commandId: randomUUID(),
        repairs: target,
        engineerId: technicianId,
      })
      await technician.client.repairs.work({ commandId: randomUUID(), repairs: target, action: 'start' })
      return repair
    },
    async agreed(repair, unitMinor = 18_000) {
      const { client } = manager
      const findings = { findings: 'Battery worn out', codeIds: [cause.id] }
      const version = await versionOf(repair)
      await client.work.recordFindings({
        commandId: randomUUID(),
        repairId: repair.id,
        version,
        ...findings,
      })
      const line = {
        kind: 'part' as const,
        serviceId: null,
        partId: part.id,
        description: 'Battery 13',
        quantity: 1000,
        unitMinor,
        discountMinor: 0,
        taxCodeId,
        shares: [{ payer: 'customer' as const, customerId: null, shareBp: 10_000 }],
        standardMinutes: 0,
        warrantyMonths: 6,
      }
      const option = { title: 'Repair', days: 1, quality: '', lines: [line] }
      const quote = await client.quotes.save({
        commandId: randomUUID(),
        repairId: repair.id,
        draft: null,
        validUntil: '2099-12-31',
        note: '',
        benchFeeMinor: 0,
        options: [option],
      })
      const target = { quoteId: quote.id, version: quote.version }
      const sent = await client.quotes.send({ commandId: randomUUID(), ...target, way: 'phone' })
      await client.quotes.approve({
        commandId: randomUUID(),
        quoteId: quote.id,
        version: sent.version,
        optionNo: 1,
        by: 'Ms Li',
        way: 'phone',
        signatureUid: null,
        note: '',
      })
    },
  }
}
